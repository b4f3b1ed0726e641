using AiObs.Dashboard.Html;
using AiObs.Dashboard.Mounting;

namespace AiObs.Dashboard.Layout;

/// <summary>Says which filters of the address a part of a page cannot keep to.</summary>
internal static class FilterRemark
{
    /// <summary>Writes the sentence, where there is anything to say.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="page">The request.</param>
    /// <param name="kept">The names of the filters that it keeps to.</param>
    /// <param name="what">What it shows, such as <c>Costs</c>.</param>
    public static void Write(HtmlWriter html, PageRequest page, IReadOnlyList<string> kept, string what)
    {
        var others = page.Filter.Chips.Select(static chip => chip.Key).Except(kept, StringComparer.Ordinal).ToArray();
        if (others.Length > 0)
        {
            html.Write($"""<p class="hint">{what} are not filtered by {string.Join(", ", others)}.</p>""");
        }
    }
}
