using System.Globalization;
using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Dashboard.Traces;
using AiObs.Store;

namespace AiObs.Dashboard.Errors;

/// <summary>Types of errors, those in the most traces first.</summary>
internal static class ErrorTypeTable
{
    /// <summary>Writes the table.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="page">The request.</param>
    /// <param name="types">The types.</param>
    /// <param name="most">How many were asked for.</param>
    public static void Write(HtmlWriter html, PageRequest page, IReadOnlyList<FacetCount> types, int most)
    {
        if (types.Count == 0)
        {
            Parts.Empty("Nothing failed here. Choose a longer time, or take a filter away, to see more.")(html);
            return;
        }

        var length = page.Filter.Length(page.Now);
        html.Write($"""
            <div class="scroll"><table class="list">
            <thead><tr><th scope="col">Error type</th><th scope="col" class="n">Traces</th><th scope="col" class="n">Rate</th><th scope="col">Last seen</th><th scope="col">Example</th></tr></thead>
            <tbody>
            """);
        foreach (var type in types)
        {
            html.Write($"""
                <tr><th scope="row">{TraceRows.FilterLink(page, FilterNames.Error, type.Value)}</th><td class="n">{Shown.Number(type.TraceCount)}</td><td class="n">{Rate(type.TraceCount, length)}</td>
                <td>{Parts.Time(type.LastTime)}</td><td><a href="{page.Links.Trace(type.LastTraceId)}">latest trace</a></td></tr>
                """);
        }

        html.Write($"""</tbody></table></div><p class="hint">A trace counts once to each type of its spans, also where the error was dealt with.""");
        if (types.Count == most)
        {
            html.Write($" Showing the {most} types with the most traces.");
        }

        html.Write($"</p>");
    }

    /// <summary>Writes how many there were in an hour, or in a day where they are few, on average.</summary>
    public static string Rate(long count, TimeSpan length)
    {
        if (length <= TimeSpan.Zero)
        {
            return "";
        }

        var perHour = count / length.TotalHours;
        return perHour >= 1 || length <= TimeSpan.FromDays(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{perHour:#,0.##} an hour")
            : string.Create(CultureInfo.InvariantCulture, $"{count / length.TotalDays:#,0.##} a day");
    }
}
