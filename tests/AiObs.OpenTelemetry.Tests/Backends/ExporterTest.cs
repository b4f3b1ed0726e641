using AiObs.TestSupport.Otlp;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

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

    /// <summary>Builds the provider, makes one observed call and sends its span.</summary>
    protected Task ExportOneAsync(TracerProviderBuilder builder) => ExportAsync(builder, () => ObservedCall.MakeAsync(Source));

    /// <summary>Builds the provider, does the work and shuts the provider down, which sends the spans and waits for the answers.</summary>
    protected static async Task ExportAsync(TracerProviderBuilder builder, Func<Task> work)
    {
        using var provider = builder.Build();

        await work();

        // A disposal alone waits for no longer than five seconds.
        provider.Shutdown();
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
