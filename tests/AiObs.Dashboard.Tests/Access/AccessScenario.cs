using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests.Access;

/// <summary>An application, and who asks it for the dashboard.</summary>
/// <param name="Name">What the two are.</param>
/// <param name="Status">What all endpoints answer.</param>
internal sealed record AccessScenario(string Name, int Status)
{
    /// <summary>Gets what the path of no endpoint answers.</summary>
    /// <value>The default is 404: the dashboard takes no path but its own.</value>
    public int Nowhere { get; init; } = 404;

    /// <summary>Gets a value indicating whether who may look may see no content, so that files of it are not there.</summary>
    public bool HidesContent { get; init; }

    public Action<HttpRequestMessage> Ask { get; init; } = Asked.Nothing;

    public Action<WebApplication>? Use { get; init; }

    public Action<IServiceCollection>? Services { get; init; }

    public Action<DashboardOptions>? Options { get; init; }

    public Action<RouteGroupBuilder>? Map { get; init; }

    public override string ToString() => Name;
}
