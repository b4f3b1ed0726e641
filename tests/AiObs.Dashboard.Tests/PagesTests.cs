using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests;

public sealed class PagesTests
{
    [Fact]
    public async Task Pages_OfTheTable_AreThoseOfTheDashboard()
    {
        await using var host = await DashboardHost.StartAsync();
        var mapped = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(static endpoint => endpoint.RoutePattern.RawText![DashboardHost.Prefix.Length..].TrimEnd('/'))
            .Where(static route => !route.StartsWith("/_assets/", StringComparison.Ordinal));

        Assert.Equal(mapped.Order(StringComparer.Ordinal), Pages.All.Select(static page => page.Route.TrimEnd('/')).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Endpoints_AllOfThem_OnlyRead()
    {
        await using var host = await DashboardHost.StartAsync();

        Assert.All(
            host.Services.GetRequiredService<EndpointDataSource>().Endpoints,
            static endpoint => Assert.Equal(["GET"], endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods));
    }
}
