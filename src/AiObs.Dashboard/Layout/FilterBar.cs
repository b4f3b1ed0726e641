using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Mounting;

namespace AiObs.Dashboard.Layout;

/// <summary>The time that is looked at, what is searched for, and what is filtered by, each with a link that takes it away.</summary>
internal static class FilterBar
{
    public static void Write(HtmlWriter html, PageRequest page, bool hasSearch)
    {
        var filter = page.Filter;
        html.Write($"""<div class="filters"><ul class="ranges" aria-label="Time">""");
        foreach (var range in TimeRange.All)
        {
            var isCurrent = filter.From is null && filter.Range == range;
            html.Write($"""<li><a href="{Address(page, filter.With(range))}" aria-current="{(isCurrent ? "true" : "false")}">{range.Title}</a></li>""");
        }

        html.Write($"</ul>");
        if (hasSearch)
        {
            WriteSearch(html, filter);
        }

        if (filter.From is { } from)
        {
            html.Write($"""<span class="chip-filter">{Parts.Time(from)} – {(filter.To is { } to ? Parts.Time(to) : null)}<a href="{Address(page, filter.With(filter.Range))}" aria-label="Take away the time">×</a></span>""");
        }

        foreach (var (name, value) in filter.Chips)
        {
            html.Write($"""<span class="chip-filter">{name}: <bdi>{value}</bdi><a href="{Address(page, filter.With(name, null))}" aria-label="Take away {name}">×</a></span>""");
        }

        html.Write($"</div>");
    }

    private static void WriteSearch(HtmlWriter html, PageFilter filter)
    {
        html.Write($"""<form method="get" role="search"><label class="visually-hidden" for="q">Search names and attributes</label>""");
        WriteHidden(html, filter.With(FilterNames.Text, null));
        html.Write($"""<input id="q" name="q" type="search" placeholder="Search names and attributes" value="{filter[FilterNames.Text]}"><button type="submit">Search</button></form>""");
    }

    /// <summary>The address of the page itself with another filter.</summary>
    private static string Address(PageRequest page, PageFilter filter) =>
        (page.Http.Request.PathBase + page.Http.Request.Path).ToUriComponent() + (filter.ToQuery() is { Length: > 0 } query ? query : "?");

    /// <summary>Keeps the other filters when a form is sent.</summary>
    private static void WriteHidden(HtmlWriter html, PageFilter filter)
    {
        foreach (var (name, value) in Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(filter.ToQuery()))
        {
            html.Write($"""<input type="hidden" name="{name}" value="{value.ToString()}">""");
        }
    }
}
