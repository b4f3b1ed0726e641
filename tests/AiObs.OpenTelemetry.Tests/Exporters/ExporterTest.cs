using AiObs.TestSupport.Otlp;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Exporters;

/// <summary>Gives every test a source name and a running receiver of its own.</summary>
public abstract class ExporterTest : IAsyncLifetime
{
    private OtlpReceiver? _receiver;

    protected string Source { get; } = $"export-{Guid.NewGuid():N}";

    protected OtlpReceiver Receiver => _receiver ?? throw new InvalidOperationException("The test has not been initialized.");

    protected static CancellationToken TestToken => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _receiver = await OtlpReceiver.StartAsync(TestToken);

    public async ValueTask DisposeAsync()
    {
        await Receiver.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Begins a provider that listens to the source of the test alone, with these settings in its configuration.</summary>
    protected TracerProviderBuilder CreateBuilder(Dictionary<string, string?>? settings = null) => Sdk.CreateTracerProviderBuilder()
        .ConfigureServices(services => Settings.AddTo(services, new(settings ?? []) { ["AgentObservability:SourceName"] = Source }))
        .AddAgentObservability(HearOfNoOtherLibrary);

    /// <summary>Builds the provider, makes one observed call and disposes the provider, which sends the span and waits for the answer.</summary>
    protected async Task ExportOneAsync(TracerProviderBuilder builder)
    {
        using var provider = builder.Build();

        await ObservedCall.MakeAsync(Source);
    }

    protected ReceivedSpan OnlySpan() => Assert.Single(Receiver.Spans);

    /// <summary>Other tests write spans under the names of other libraries at the same time.</summary>
    private static void HearOfNoOtherLibrary(AgentTracingOptions options)
    {
        foreach (var library in typeof(BridgedLibraries).GetProperties())
        {
            library.SetValue(options.Libraries, false);
        }
    }
}
