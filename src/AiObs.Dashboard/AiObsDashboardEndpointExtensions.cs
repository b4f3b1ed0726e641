using AiObs.Dashboard;
using AiObs.Dashboard.Budgets;
using AiObs.Dashboard.Conversations;
using AiObs.Dashboard.Costs;
using AiObs.Dashboard.Endpoints;
using AiObs.Dashboard.Errors;
using AiObs.Dashboard.Events;
using AiObs.Dashboard.Export;
using AiObs.Dashboard.Health;
using AiObs.Dashboard.Latency;
using AiObs.Dashboard.Live;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Overview;
using AiObs.Dashboard.Tools;
using AiObs.Dashboard.Traces;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Mounts the dashboard.</summary>
public static class AiObsDashboardEndpointExtensions
{
    /// <summary>Mounts the dashboard. It answers <c>GET</c> alone and changes nothing.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">Where it is.</param>
    /// <param name="root">The name of the root that it shows, where the application has several.</param>
    /// <returns>
    /// All endpoints of the dashboard, for conventions such as <c>RequireAuthorization("ops")</c>, which then decides alone who may look. Without, who sits at this machine may.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> or <paramref name="prefix"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">The root has no dashboard.</exception>
    public static RouteGroupBuilder MapAgentObservability(this IEndpointRouteBuilder endpoints, string prefix = "/aiobs", string? root = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var services = root is null ? endpoints.ServiceProvider : endpoints.ServiceProvider.GetKeyedService<IServiceProvider>(root);
        if (services?.GetService<IConfigureOptions<DashboardOptions>>() is null)
        {
            var line = root is null ? "AddAgentObservability().AddDashboard()" : $"AddAgentObservability(\"{root}\", (root, _) => root.AddDashboard())";
            throw new InvalidOperationException($"There is no dashboard to map at {prefix}. Add it where AiObs is added: services.{line};");
        }

        var sources = new DashboardSources(services);
        if (sources.Options.Access == DashboardAccess.Anyone)
        {
            sources.Logger.AnyoneMayLook();
        }

        var group = endpoints.MapGroup(prefix);
        var map = new DashboardEndpoints(group, sources);
        map.Files();
        OverviewPages.Map(map);
        TracePages.Map(map);
        CostPages.Map(map);
        LatencyPages.Map(map);
        ErrorPages.Map(map);
        ToolPages.Map(map);
        ConversationPages.Map(map);
        ExportPages.Map(map);
        LiveTraces.Map(map);
        BudgetPages.Map(map);
        EventPages.Map(map);
        HealthPages.Map(map);
        return group;
    }
}
