using AiObs.Cost;
using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Costs;

/// <summary>What calls cost by whom or what, the dearest first.</summary>
internal static class CostTable
{
    private const int MostRows = 100;

    /// <summary>Writes the table.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="page">The request.</param>
    /// <param name="by">By what the groups are told apart.</param>
    /// <param name="groups">The groups, the largest amount first.</param>
    /// <param name="total">All of it; <see langword="null"/> where that could not be read, and there are no shares.</param>
    public static void Write(HtmlWriter html, PageRequest page, CostBy by, IReadOnlyList<CostGroup> groups, CostSum? total)
    {
        if (groups.Count == 0)
        {
            Parts.Empty("No call was priced in this time. Clients are priced once they have this line, and costs once they are tracked:", Parts.ObserveCode)(html);
            return;
        }

        html.Write($"""
            <div class="scroll"><table class="list">
            <thead><tr><th scope="col">{by.Title}</th><th scope="col" class="n">Cost (sum of leaf calls)</th><th scope="col" class="n">Share</th><th scope="col" class="n">Calls</th>
            <th scope="col" class="n">Tokens in / out</th><th scope="col" class="n">Unpriced</th><th scope="col" class="n">Estimated</th><th scope="col" class="n">Partial</th><th scope="col" class="n">Corrections</th></tr></thead>
            <tbody>
            """);
        foreach (var group in groups.Take(MostRows))
        {
            html.Write($"""<tr><th scope="row">{Head(page, by, group)}</th>""");
            WriteNumbers(html, group.Sum, total);
            html.Write($"</tr>");
        }

        html.Write($"</tbody>");
        if (total is not null)
        {
            html.Write($"""<tfoot><tr><th scope="row">All calls</th>""");
            WriteNumbers(html, total, total);
            html.Write($"</tr></tfoot>");
        }

        html.Write($"""</table></div><p><a href="{page.Links.Page("export/costs.csv", page.Filter)}">Records as CSV</a></p>""");
        WriteRemarks(html, by, groups.Count);
    }

    private static void WriteNumbers(HtmlWriter html, CostSum sum, CostSum? total) => html.Write($"""
        <td class="n">{Shown.Money(sum)}</td><td class="n">{ShareOf(sum, total)}</td><td class="n">{Shown.Number(sum.CallCount)}</td><td class="n">{Shown.Tokens(sum.InputTokens, sum.OutputTokens)}</td>
        <td class="n">{sum.UnpricedCount}</td><td class="n">{sum.EstimatedCount}</td><td class="n">{sum.PartialCount}</td><td class="n">{sum.RecordCount - sum.CallCount}</td>
        """);

    /// <summary>Returns what part of the known amount it is; nothing where all of its calls are unpriced, as its part is not known.</summary>
    private static string ShareOf(CostSum sum, CostSum? total) =>
        total is not { Total: > 0 } || (sum.Total == 0 && sum.UnpricedCount > 0) ? "" : Shown.Share((double)(sum.Total / total.Total));

    /// <summary>A name leads to its costs alone where they can be told, else to its traces.</summary>
    private static Action<HtmlWriter> Head(PageRequest page, CostBy by, CostGroup group) => html =>
    {
        if (group.Key is not { } key)
        {
            html.Write($"{by.NameOf(group)}");
            return;
        }

        var narrowed = page.Filter.With(by.Name, key);
        var href = CostFilter.Names.Contains(by.Name, StringComparer.Ordinal)
            ? page.Links.Page("costs", narrowed.ToldApartBy(by.Name == FilterNames.Model ? FilterNames.User : FilterNames.Model))
            : page.Links.Page("traces", narrowed.ToldApartBy(null));
        html.Write($"""<a class="value" href="{href}"><bdi>{key}</bdi></a>""");
    };

    private static void WriteRemarks(HtmlWriter html, CostBy by, int count)
    {
        html.Write($"""<p class="hint">Estimated: the quantities were. Partial: the amount is a lower bound. Corrections count where their call does, and are in the amounts.""");
        if (by.Grouping == CostGrouping.Tag)
        {
            html.Write($" A call with several tags counts to each of them, so that these can be more than all calls.");
        }

        if (count > MostRows)
        {
            html.Write($" Showing the {MostRows} largest of {Shown.Number(count)}.");
        }

        html.Write($"</p>");
    }
}
