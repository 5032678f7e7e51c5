package io.burnish.agent.target;

import io.burnish.agent.pacemaker.Xml;

/**
 * A target as a resource of the cluster (agent contract, 9.7).
 *
 * @param label the HA label
 */
record HaResource(String label) {

    private static final int PRIMARY_SCORE = 20;
    private static final int SECONDARY_SCORE = 10;

    /** Stopped until somebody starts it. */
    String primitiveXml(String uuid) {
        return """
                <primitive class="ocf" provider="chroma" type="Target" id="LABEL">
                  <meta_attributes id="LABEL-meta_attributes">
                    <nvpair name="target-role" id="LABEL-meta_attributes-target-role" value="Stopped"/>
                  </meta_attributes>
                  <operations id="LABEL-operations">
                    <op id="LABEL-monitor-5" interval="5" name="monitor" timeout="60"/>
                    <op id="LABEL-start-0" interval="0" name="start" timeout="300"/>
                    <op id="LABEL-stop-0" interval="0" name="stop" timeout="300"/>
                  </operations>
                  <instance_attributes id="LABEL-instance_attributes">
                    <nvpair id="LABEL-instance_attributes-target" name="target" value="UUID"/>
                  </instance_attributes>
                </primitive>
                """.replace("LABEL", Xml.quoted(label)).replace("UUID", Xml.quoted(uuid));
    }

    String locationXml(boolean primary, String node) {
        return "<rsc_location id=\"" + Xml.quoted(constraintId(primary)) + "\" node=\"" + Xml.quoted(node) + "\" rsc=\""
                + Xml.quoted(label) + "\" score=\"" + score(primary) + "\"/>";
    }

    String constraintId(boolean primary) {
        return label + (primary ? "-primary" : "-secondary");
    }

    int score(boolean primary) {
        return primary ? PRIMARY_SCORE : SECONDARY_SCORE;
    }
}
