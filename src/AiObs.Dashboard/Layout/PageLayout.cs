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
            var address = entry.Length == 0 ? page.Links.Overview + page.Filter.For(entry).ToQuery() : page.Links.Page(entry, page.Filter);
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
            FilterBar.Write(html, page, body.HasSearch);
        }

        html.Write($"""</div>{body.Write}</main><p class="visually-hidden" role="status" aria-live="polite" data-live-region></p>{Keys}</body></html>""");
    }

    /// <summary>The keys, which the script shows when asked for them.</summary>
    private static void Keys(HtmlWriter html) => html.Write($"""
        <dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">Keys</h2><dl class="keys">
        <dt>arrows, Home, End</dt><dd>walk a tree; left and right close and open</dd><dt>*</dt><dd>open all beside the row</dd><dt>Enter</dt><dd>show the span</dd>
        <dt>j k</dt><dd>next and previous row</dd><dt>/</dt><dd>search</dd><dt>f</dt><dd>filters</dd><dt>n N</dt><dd>next and previous hit</dd>
        <dt>[ ]</dt><dd>previous and next trace of the list</dd><dt>p</dt><dd>pause the live list</dd></dl><form method="dialog"><button>Close</button></form></dialog>
        """);
}
