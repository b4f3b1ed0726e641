using AiObs.Dashboard.Filters;
using Microsoft.AspNetCore.Http;

namespace AiObs.Dashboard.Mounting;

/// <summary>A request for a page or a part of one: what is asked for, where it is read, and what may be shown.</summary>
internal sealed record PageRequest
{
    public required HttpContext Http { get; init; }

    public required DashboardSources Sources { get; init; }

    public required Links Links { get; init; }

    public required PageFilter Filter { get; init; }

    /// <summary>Gets a value indicating whether texts may be shown; without, pages show roles, kinds and lengths.</summary>
    public required bool ShowsContent { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Gets what ends reading: the request that nobody waits for any more, or the time that a page may take.</summary>
    public required CancellationToken Stop { get; init; }

    /// <summary>Gets the value of the route, or an empty text.</summary>
    public string Route(string name) => Http.Request.RouteValues[name] as string ?? string.Empty;

    /// <summary>Gets the value of the query, or <see langword="null"/> where there is none.</summary>
    public string? Query(string name) => Http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;
}
