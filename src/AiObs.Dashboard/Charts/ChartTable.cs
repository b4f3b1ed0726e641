using AiObs.Dashboard.Html;

namespace AiObs.Dashboard.Charts;

/// <summary>The numbers of a chart as a table, which stands below it and is closed.</summary>
internal static class ChartTable
{
    /// <summary>Writes the table.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="heads">The names of its columns, that of the first included.</param>
    /// <param name="rows">Its rows: what the first column has, and the numbers.</param>
    /// <param name="summary">What opens it.</param>
    public static void Write(HtmlWriter html, IReadOnlyList<string> heads, IEnumerable<(Action<HtmlWriter> Head, IEnumerable<string> Cells)> rows, string summary = "Show as table")
    {
        html.Write($"""<details class="numbers"><summary>{summary}</summary><div class="scroll" tabindex="0"><table class="list"><thead><tr><th scope="col">{heads[0]}</th>""");
        foreach (var head in heads.Skip(1))
        {
            html.Write($"""<th scope="col" class="n"><bdi>{head}</bdi></th>""");
        }

        html.Write($"</tr></thead><tbody>");
        foreach (var (head, cells) in rows)
        {
            html.Write($"""<tr><th scope="row">{head}</th>""");
            foreach (var cell in cells)
            {
                html.Write($"""<td class="n">{cell}</td>""");
            }

            html.Write($"</tr>");
        }

        html.Write($"</tbody></table></div></details>");
    }
}
