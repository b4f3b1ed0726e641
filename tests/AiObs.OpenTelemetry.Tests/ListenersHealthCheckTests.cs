using System.Diagnostics.Tracing;
using System.Net;
using AiObs.TestSupport;
using AiObs.TestSupport.Otlp;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Testing;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests;

/// <summary>Exporters tell of failures in the whole process, so no other test runs meanwhile.</summary>
[Collection(nameof(ListenersHealthCheckTests))]
[CollectionDefinition(nameof(ListenersHealthCheckTests), DisableParallelization = true)]
public sealed class ListenersHealthCheckTests
{
    private readonly string _source = $"listeners-{Guid.NewGuid():N}";
    private readonly FakeLogCollector _logs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_NobodyListens_IsDegradedAndLoggedOnce()
    {
        using var root = CreateRoot();
        using var check = new AiObsListenersHealthCheck(root);

        await CheckAsync(check);
        var result = await CheckAsync(check);

        Assert.Equal(
            (HealthStatus.Degraded, $"Nobody listens to the activity source {_source}: no tracer provider has AddAgentObservability(), or it was not built."),
            (result.Status, result.Description));
        Assert.Equal(
            [
                $"Nobody listens to the activity source {_source}, so there are no spans. Call AddAgentObservability() on the tracer provider, and keep the provider as long as the application runs.",
            ],
            _logs.GetSnapshot().Select(record => record.Message));
    }

    [Fact]
    public async Task Check_ProviderDisposed_SaysThatNobodyListensAnyMore()
    {
        using var root = CreateRoot();
        using var check = new AiObsListenersHealthCheck(root);
        var provider = Sdk.CreateTracerProviderBuilder().AddAgentObservability(root).Build();
        var before = await CheckAsync(check);

        provider.Dispose();
        var after = await CheckAsync(check);

        Assert.Equal((HealthStatus.Healthy, "Spans are listened to."), (before.Status, before.Description));
        Assert.Equal(
            (HealthStatus.Degraded, $"Nobody listens to the activity source {_source} any more: its tracer provider was disposed."),
            (after.Status, after.Description));
    }

    [Fact]
    public async Task Check_ObservationSwitchedOff_IsHealthy()
    {
        using var root = CreateRoot();
        using var check = new AiObsListenersHealthCheck(root);
        root.Enabled = false;

        var result = await CheckAsync(check);

        Assert.Equal((HealthStatus.Healthy, "Observation is switched off."), (result.Status, result.Description));
        Assert.Empty(_logs.GetSnapshot());
    }

    [Fact]
    public async Task Check_BackendRefusesSpans_IsDegradedUntilTheNextCheck()
    {
        await using var receiver = await OtlpReceiver.StartAsync(Token);
        receiver.Respond = _ => new OtlpResponse((int)HttpStatusCode.BadRequest);
        using var root = CreateRoot();
        using var check = new AiObsListenersHealthCheck(root);
        using var provider = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability(root)
            .AddOtlpExporter(o =>
            {
                o.Endpoint = new Uri(receiver.Endpoint, "v1/traces");
                o.Protocol = OtlpExportProtocol.HttpProtobuf;
                o.ExportProcessorType = ExportProcessorType.Simple;
            })
            .Build();

        using (var client = new StubChatClient().UseAgentObservability(root))
        {
            await client.GetResponseAsync("Hi", cancellationToken: Token);
        }

        var failed = await CheckAsync(check);
        var later = await CheckAsync(check);

        Assert.Equal(HealthStatus.Degraded, failed.Status);
        Assert.Matches("^Exporters have told of [1-9] failures since the check before, last OpenTelemetry-Exporter-OpenTelemetryProtocol: [A-Za-z]+\\.$", failed.Description);
        Assert.Equal((HealthStatus.Healthy, "Spans are listened to."), (later.Status, later.Description));
        Assert.StartsWith(
            "An exporter of the OpenTelemetry SDK tells of a failure, so spans, metrics or logs may be lost: OpenTelemetry-Exporter-OpenTelemetryProtocol: ",
            Assert.Single(_logs.GetSnapshot()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_BackendRefusesSpans_IsAFindingForAnHour()
    {
        await using var receiver = await OtlpReceiver.StartAsync(Token);
        receiver.Respond = _ => new OtlpResponse((int)HttpStatusCode.BadRequest);
        var clock = new TestClock();
        using var root = CreateRoot(clock);
        using var provider = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability(root)
            .AddOtlpExporter(o =>
            {
                o.Endpoint = new Uri(receiver.Endpoint, "v1/traces");
                o.Protocol = OtlpExportProtocol.HttpProtobuf;
                o.ExportProcessorType = ExportProcessorType.Simple;
            })
            .Build();
        Assert.Empty(await FindAsync(root));

        using (var client = new StubChatClient().UseAgentObservability(root))
        {
            await client.GetResponseAsync("Hi", cancellationToken: Token);
        }

        var finding = Assert.Single(await FindAsync(root));
        clock.Advance(TimeSpan.FromHours(1));
        var later = await FindAsync(root);
        clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(DoctorSeverity.Error, finding.Severity);
        Assert.Matches(
            "^Exporters have told of [1-9] failures, last OpenTelemetry-Exporter-OpenTelemetryProtocol: [A-Za-z]+ at 2026-01-01 00:00:00 UTC\\.$", finding.Seen);
        Assert.Equal([finding], later);
        Assert.Empty(await FindAsync(root));
    }

    [Fact]
    public void Root_WithoutTheCheck_SwitchesNothingOn()
    {
        using var exporter = new EventSource($"OpenTelemetry-Exporter-{_source}");
        using var root = CreateRoot();
        Assert.False(exporter.IsEnabled());

        using (new AiObsListenersHealthCheck(root))
        {
            Assert.True(exporter.IsEnabled(EventLevel.Warning, EventKeywords.None));
            Assert.False(exporter.IsEnabled(EventLevel.Verbose, EventKeywords.None));
        }

        Assert.False(exporter.IsEnabled());
    }

    [Fact]
    public async Task AddCheck_InAContainer_TakesTheOneOfTheRoot()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddAgentObservability(o => o.SourceName = _source);
        services.AddHealthChecks().AddCheck<AiObsListenersHealthCheck>("aiobs-listeners");
        await using var provider = services.BuildServiceProvider();

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);

        Assert.Equal(HealthStatus.Degraded, report.Entries["aiobs-listeners"].Status);
        Assert.Same(provider.GetRequiredService<AiObsListenersHealthCheck>(), provider.GetRequiredService<AiObsListenersHealthCheck>());
    }

    private static Task<HealthCheckResult> CheckAsync(AiObsListenersHealthCheck check) => check.CheckHealthAsync(new HealthCheckContext(), Token);

    private static async Task<IReadOnlyList<DoctorFinding>> FindAsync(AgentObservability root) =>
        [.. (await root.Doctor.RunAsync(Token)).Where(static finding => finding.Id == "AIOBS004")];

    private AgentObservability CreateRoot(TimeProvider? clock = null) => AgentObservability.Create(builder =>
    {
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddSingleton(_logs.ToFactory());
        builder.Configure(o => o.SourceName = _source);
    });
}
