using AiObs.Dashboard.Html;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Charts;

/// <summary>How durations are spread: a column for each range, from short to long, as high as it has many; failures stand in it from below.</summary>
internal static class BucketStrip
{
    public const int Width = 144;
    public const int Height = 24;

    /// <summary>Returns the strip.</summary>
    /// <param name="name">Whose durations they are.</param>
    /// <param name="histogram">The durations.</param>
    /// <param name="scale">The columns.</param>
    public static Action<HtmlWriter> Of(string name, LatencyHistogram histogram, StripScale scale) => html =>
    {
        var counts = scale.Counts(histogram);
        var most = counts.Max(static column => column.Count);
        html.Write($"""<svg class="strip" viewBox="0 0 {Width} {Height}" role="img" aria-label="{name}: how {Shown.Number(histogram.Count)} durations are spread up to {Shown.Duration(histogram.Max)}">""");
        for (var column = 0; column < counts.Count; column++)
        {
            if (counts[column] is { Count: > 0 } cell)
            {
                Write(html, scale, column, cell, most);
            }
        }

        html.Write($"</svg>");
    };

    /// <summary>Writes the numbers of all strips of a table.</summary>
    public static void WriteTable(HtmlWriter html, string head, IEnumerable<(string Name, LatencyHistogram Histogram)> rows, StripScale scale) => ChartTable.Write(
        html,
        [head, .. Enumerable.Range(0, scale.Count).Select(column => $"{Shown.Duration(scale.Start(column))} – {Shown.Duration(scale.End(column))}")],
        rows.Select(row => (
            (Action<HtmlWriter>)(cell => cell.Write($"<bdi>{row.Name}</bdi>")),
            scale.Counts(row.Histogram).Select(static count => count.Count == 0 ? "" : Text(count)))));

    private static void Write(HtmlWriter html, StripScale scale, int column, (long Count, long Errors) cell, long most)
    {
        var width = (double)Width / scale.Count;
        var height = HeightOf(cell.Count, most);
        html.Write($"""
            <g><title>{Shown.Duration(scale.Start(column))} to {Shown.Duration(scale.End(column))}: {Text(cell)}</title><rect class="s0" x="{column * width:0.##}" y="{Height - height:0.##}" width="{width - 1:0.##}" height="{height:0.##}"/>
            """);
        if (cell.Errors > 0)
        {
            var failed = HeightOf(cell.Errors, most);
            html.Write($"""<rect class="failed" x="{column * width:0.##}" y="{Height - failed:0.##}" width="{width - 1:0.##}" height="{failed:0.##}"/>""");
        }

        html.Write($"</g>");
    }

    /// <summary>Few must be seen beside many.</summary>
    private static double HeightOf(long count, long most) => Math.Max(2, (double)Height * count / most);

    private static string Text((long Count, long Errors) cell) =>
        cell.Errors == 0 ? Shown.Number(cell.Count) : $"{Shown.Number(cell.Count)}, {Shown.Number(cell.Errors)} failed";
}
