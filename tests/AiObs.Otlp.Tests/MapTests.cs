using AiObs.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiObs.Otlp.Tests;

public sealed class MapTests
{
    [Theory]
    [InlineData("/aiobs", "/aiobs/v1/traces")]
    [InlineData("/tenant/aiobs/", "/tenant/aiobs/v1/traces")]
    [InlineData("", "/v1/traces")]
    [InlineData("/", "/v1/traces")]
    public async Task Prefix_StandsBeforeTheAddressOfOtlp(string prefix, string expected)
    {
        await using var app = Build(static services => services.AddAgentObservability().AddTraces());

        app.MapAgentObservabilityOtlp(prefix);

        Assert.Equal(expected, EndpointOf(app).RoutePattern.RawText);
    }

    [Fact]
    public async Task Prefix_OfNone_IsThatOfTheDashboard()
    {
        await using var app = Build(static services => services.AddAgentObservability().AddTraces());

        app.MapAgentObservabilityOtlp();

        Assert.Equal("/aiobs/v1/traces", EndpointOf(app).RoutePattern.RawText);
    }

    [Fact]
    public async Task WithoutTraces_TheStartFailsAndNamesTheLine()
    {
        await using var app = Build(static services => services.AddAgentObservability());

        var failure = Assert.Throws<InvalidOperationException>(() => app.MapAgentObservabilityOtlp("/aiobs"));

        Assert.Equal(
            "Nothing keeps the spans that are received at /aiobs. Add traces where AiObs is added: services.AddAgentObservability().AddTraces();", failure.Message);
    }

    [Fact]
    public async Task WithoutARoot_TheStartFailsAndNamesTheLine()
    {
        await using var app = Build(static _ => { });

        var failure = Assert.Throws<InvalidOperationException>(() => app.MapAgentObservabilityOtlp("/aiobs"));

        Assert.Equal("There is nothing to receive spans for at /aiobs. Add it: services.AddAgentObservability().AddTraces();", failure.Message);
    }

    [Fact]
    public async Task NamedRoot_ReceivesItsOwn()
    {
        await using var app = Build(static services =>
        {
            services.AddAgentObservability().AddTraces();
            services.AddAgentObservability("team", static (root, _) => root.AddTraces());
            services.AddAgentObservability("other", static (_, _) => { });
        });

        app.MapAgentObservabilityOtlp("/team", root: "team");
        var failure = Assert.Throws<InvalidOperationException>(() => app.MapAgentObservabilityOtlp("/other", root: "other"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient();
        using var body = new StringContent("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00000000000000000000000000000001","spanId":"0000000000000001","startTimeUnixNano":"1"}]}]}]}""");
        body.Headers.ContentType = new("application/json");
        using var response = await client.PostAsync(new Uri($"{app.Urls.Single()}/team/v1/traces"), body, TestContext.Current.CancellationToken);

        Assert.Equal(
            "Nothing keeps the spans that are received at /other. Add traces where AiObs is added: services.AddAgentObservability(\"other\", (root, _) => root.AddTraces());", failure.Message);
        Assert.Equal((0, 1), (await CountAsync(app.Services, root: null), await CountAsync(app.Services, "team")));
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<int> CountAsync(IServiceProvider services, string? root)
    {
        var own = root is null ? services : services.GetRequiredKeyedService<IServiceProvider>(root);
        await own.GetRequiredService<AgentObservability>().FlushTracesAsync(TestContext.Current.CancellationToken);
        return (await own.GetRequiredService<ITraceStore>().ListAsync(new(), TestContext.Current.CancellationToken)).Traces.Count;
    }

    private static RouteEndpoint EndpointOf(WebApplication app) =>
        Assert.IsType<RouteEndpoint>(Assert.Single(((IEndpointRouteBuilder)app).DataSources.SelectMany(static source => source.Endpoints)));

    private static WebApplication Build(Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        configure(builder.Services);
        return builder.Build();
    }
}
