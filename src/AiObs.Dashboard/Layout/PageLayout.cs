using AiObs.Dashboard.Assets;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Mounting;

namespace AiObs.Dashboard.Layout;

/// <summary>The frame of each page: navigation, the time that is looked at, filters, and the page itself.</summary>
internal static class PageLayout
{
    private static readonly (string Path, string Title)[] Pages =
    [
        ("", "Overview"),
        ("traces", "Traces"),
        ("conversations", "Conversations"),
        ("costs", "Costs"),
        ("latency", "Latency"),
        ("errors", "Errors"),
        ("tools", "Tools"),
        ("budgets", "Budgets"),
        ("events", "Events"),
        ("health", "Health"),
    ];

    /// <summary>Writes a whole page.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="page">The request.</param>
    /// <param name="path">The path of the page below the mount, up to its first slash: the entry of the navigation that is marked.</param>
    /// <param name="body">The page.</param>
    public static void Write(HtmlWriter html, PageRequest page, string path, PageBody body)
    {
        var title = page.Sources.Options.Title;
        html.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{body.Title} · {title}</title>
            <link rel="icon" href="{page.Links.Asset(AssetFiles.Icon)}">
            <link rel="stylesheet" href="{page.Links.Asset(AssetFiles.Style)}">
            <script type="module" src="{page.Links.Asset(AssetFiles.Script)}"></script>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the page</a>
            <header class="top">
            <a class="brand" href="{page.Links.Overview}"><bdi>{title}</bdi></a>
            <nav aria-label="Pages"><ul>
            """);
        foreach (var (entry, name) in Pages)
        {
            var address = entry.Length == 0 ? page.Links.Overview + page.Filter.ToQuery() : page.Links.Page(entry, page.Filter);
            html.Write($"""<li><a href="{address}" {new HtmlFlag("aria-current=\"page\"", entry == path)}>{name}</a></li>""");
        }

        html.Write($"""
            </ul></nav>
            <p class="mode">read only{(page.ShowsContent ? "" : " · content hidden")}</p>
            <button class="theme" type="button" hidden data-theme-switch>Theme</button>
            </header>
            <main id="main" tabindex="-1">
            <div class="head"><h1>{body.Heading ?? (heading => heading.Write($"<bdi>{body.Title}</bdi>"))}</h1>
            """);
        if (body.HasFilter)
        {
            FilterBar.Write(html, page);
        }

        html.Write($"""</div>{body.Write}</main><p class="visually-hidden" role="status" aria-live="polite" data-live-region></p></body></html>""");
    }
}
