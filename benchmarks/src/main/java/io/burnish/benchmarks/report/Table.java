package io.burnish.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures as text in columns: what, ours, baseline or goal with its name, ours divided by it, unit. */
public final class Table {

    private static final List<String> HEAD = List.of("what", "ours", "beside", "ratio", "unit", "compared with");
    private static final int NUMBERS_FROM = 1;
    private static final int NUMBERS_TO = 3;

    private Table() {}

    /** The lines, without an end of line. */
    public static List<String> lines(List<Figure> figures) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        figures.forEach(figure -> rows.add(row(figure)));
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String blanks = " ".repeat(widths[i] - row.get(i).length());
            boolean number = i >= NUMBERS_FROM && i <= NUMBERS_TO;
            text.append(i == 0 ? "  " : "   ").append(number ? blanks + row.get(i) : row.get(i) + blanks);
        }
        return text.toString().stripTrailing();
    }

    private static List<String> row(Figure figure) {
        Figure.Reference beside = figure.reference();
        return List.of(
                figure.what(),
                number(figure.value()),
                beside == null ? "" : number(beside.value()),
                Double.isNaN(figure.ratio()) ? "" : String.format(Locale.ROOT, "%.2f", figure.ratio()),
                figure.unit(),
                beside == null ? "" : beside.name());
    }

    /** Three digits that mean something: {@code 1234}, {@code 12.3}, {@code 1.23}. */
    static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
