package io.burnish.contracts.fact;

/**
 * Space, files and clients of a file system as its servers last measured them. Derived by the metrics service, which publishes it
 * when a figure has changed noticeably. A figure that no server has reported is missing ({@code null}).
 *
 * @param version grows with every publication
 * @param bytesTotal of all OSTs together, as {@code bytesFree}
 * @param filesTotal of all MDTs together, as {@code filesFree}
 * @param clientCount clients connected to an MDT, on average over the MDTs
 */
public record FilesystemUsage(
        long filesystemId,
        long version,
        Double bytesTotal,
        Double bytesFree,
        Double filesTotal,
        Double filesFree,
        Double clientCount) {}
