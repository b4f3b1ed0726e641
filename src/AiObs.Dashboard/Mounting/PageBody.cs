using AiObs.Dashboard.Html;
using Microsoft.AspNetCore.Http;

namespace AiObs.Dashboard.Mounting;

/// <summary>What a page shows, once everything is read.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Write">Writes it, below the title.</param>
internal sealed record PageBody(string Title, Action<HtmlWriter> Write)
{
    /// <summary>Gets the status.</summary>
    /// <value>The default is 200.</value>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Gets the heading; the title when <see langword="null"/>.</summary>
    public Action<HtmlWriter>? Heading { get; init; }

    /// <summary>Gets whether the page has a time range and filters.</summary>
    public bool HasFilter { get; init; }

    /// <summary>Gets whether what the page shows can be searched for a text.</summary>
    /// <value>The default is <see langword="true"/>; without a filter there is no search either.</value>
    public bool HasSearch { get; init; } = true;
}
