using AiObs.Dashboard.Html;
using AiObs.Dashboard.Mounting;

namespace AiObs.Dashboard.Layout;

/// <summary>By what a page tells apart: a row of links, the chosen one marked.</summary>
internal static class Choice
{
    /// <summary>Returns what is chosen; the first where the address says nothing that there is.</summary>
    public static T Of<T>(PageRequest page, IReadOnlyList<T> all, Func<T, string> name) =>
        all.FirstOrDefault(choice => name(choice) == page.Filter.By) ?? all[0];

    /// <summary>Writes the links.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="page">The request.</param>
    /// <param name="path">The path of the page below the mount.</param>
    /// <param name="names">What there is to choose.</param>
    /// <param name="chosen">What is chosen.</param>
    public static void Write(HtmlWriter html, PageRequest page, string path, IEnumerable<string> names, string chosen)
    {
        html.Write($"""<div class="tools"><span class="hint">by</span><ul class="ranges" aria-label="Told apart by">""");
        foreach (var name in names)
        {
            html.Write($"""<li><a href="{page.Links.Page(path, page.Filter.ToldApartBy(name))}" aria-current="{(name == chosen ? "true" : "false")}">{name}</a></li>""");
        }

        html.Write($"</ul></div>");
    }
}
