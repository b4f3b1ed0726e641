using System.Diagnostics;
using System.Text;
using AiObs.Cost.Pricing;
using AiObs.Events;
using AiObs.OpenTelemetry;
using AiObs.TestSupport;
using AiObs.TestSupport.Otlp;
using FakeModelServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using OpenTelemetry;
using OpenTelemetry.Trace;

[assembly: AssemblyFixture(typeof(PatientExport))]

namespace AiObs.Libraries.Tests.Canaries;

/// <summary>A root with a log and costs on the disk, and a provider that sends its spans; everything that leaves it is kept, to look for canaries in it.</summary>
internal sealed class CanaryRun : IAsyncDisposable
{
    /// <summary>What all canaries begin with. What follows are letters, which no encoder rewrites.</summary>
    public const string Planted = "canary";

    private const string Note = "note";

    private static readonly string[] Libraries = ["Experimental.Microsoft.", "Microsoft.Agents.", "Microsoft.SemanticKernel"];

    private readonly string _source = $"canary-{Guid.NewGuid():N}";
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeLogCollector _logs = new();
    private readonly InMemoryEventSink _events = new();
    private readonly SpanCollector _spans;
    private readonly MetricCollector _metrics;
    private readonly OtlpReceiver _receiver;
    private readonly TracerProvider _provider;

    private CanaryRun(CanaryMode mode, OtlpReceiver receiver, FakeServer server)
    {
        Server = server;
        _receiver = receiver;
        _spans = new SpanCollector(source => source.Name == _source || Array.Exists(Libraries, library => source.Name.StartsWith(library, StringComparison.Ordinal)));
        _metrics = new MetricCollector(meter => meter.Name == _source || meter.Name == "AiObs.Store");
        Root = AgentObservability.Create(builder =>
        {
            builder.Services.AddSingleton(_logs.ToFactory());
            builder.Configure(options => Configure(options, mode)).ConfigureEvents(static options => options.ShutdownTimeout = HangGuard.Limit);
            builder.AddEventSink(_events, SetDurable);
            builder.AddCostTracking(static options => options.Pricing.LocalCalls = LocalCallPricing.LikeProvider);
            builder.AddStore(s => s.UseSqlite($"Data Source={_directory.File("canaries.db")}").ConfigureDelivery(SetDurable));
        });
        _provider = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability(Root, tracing => tracing.ForeignContent = mode == CanaryMode.Off ? ForeignContentMode.Remove : ForeignContentMode.FollowPrivacy)
            .AddOtlpBackend(OtlpBackend.Generic, options => options.Endpoint = receiver.Endpoint)
            .Build();
    }

    public AgentObservability Root { get; }

    public FakeServer Server { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<CanaryRun> StartAsync(CanaryMode mode) =>
        new(mode, await OtlpReceiver.StartAsync(Token), await FakeServer.StartAsync(cancellationToken: Token));

    /// <summary>Does some work in a context that has canaries too, whether or not it fails.</summary>
    public static async Task DoAsync(Func<Task> work)
    {
        using var context = AgentContext.Begin(
            tags: ["canarytag"],
            metadata: [new("plain", "canarymetadata"), new("nested", new Dictionary<string, object?> { ["deep"] = new[] { "canarydeep" } })]);
        if (await Record.ExceptionAsync(work) is { } thrown)
        {
            // Anything else is a mistake in the test, and what follows would prove nothing.
            Assert.Contains(Planted, thrown.ToString(), StringComparison.Ordinal);
        }
    }

    /// <summary>Ends everything, and looks for canaries in all that has left.</summary>
    /// <param name="mode">What was to become of them.</param>
    /// <param name="planted">All that were planted.</param>
    /// <param name="standing">Those among them that are no content, and that redaction alone takes away.</param>
    public async Task AssertAsync(CanaryMode mode, string[] planted, string[] standing)
    {
        _provider.Shutdown();
        await Root.Events.FlushAsync(Token);
        await Root.DisposeAsync();
        var scan = new CanaryScan(mode switch
        {
            CanaryMode.Shown => planted,
            CanaryMode.Off => [.. planted.Except(standing)],
            _ => [Planted],
        });

        var looks = new Dictionary<string, int>
        {
            ["spans"] = Look(() => Search(scan, _spans.Spans)),
            ["sent spans"] = Look(() => scan.Search(_receiver.Spans)),
            ["metrics"] = Look(() => scan.Search(_metrics.Measurements)),
            ["log records"] = Look(() => scan.Search(_logs.GetSnapshot())),
            ["events"] = Look(() => scan.Search(_events.Events.SelectMany(static item => item.Data.Append(new("content", item.Content)).Append(new("type", item.Type))))),
            ["database"] = Look(() => Array.ForEach(
                Directory.GetFiles(_directory.Path), file => scan.SearchText(Encoding.Latin1.GetString(File.ReadAllBytes(file)), Path.GetFileName(file)))),
        };
        TestContext.Current.TestOutputHelper?.WriteLine($"{scan.Looks} looks: {string.Join(", ", looks)}");

        Assert.All(looks, static kind => Assert.True(kind.Value > 0, kind.Key));
        if (mode == CanaryMode.Shown)
        {
            Assert.Equal(planted.Order(), planted.Where(canary => scan.Hits.Any(hit => hit.StartsWith($"{canary} in ", StringComparison.Ordinal))).Order());
        }
        else
        {
            Assert.Empty(scan.Hits);
        }

        int Look(Action look)
        {
            var before = scan.Looks;
            look();
            return scan.Looks - before;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _provider.Dispose();
        await Root.DisposeAsync();
        _spans.Dispose();
        _metrics.Dispose();
        await Server.DisposeAsync();
        await _receiver.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>Looks through spans in memory, but for the events on those of other libraries: these are masked where they are sent.</summary>
    private void Search(CanaryScan scan, IReadOnlyList<Activity> spans)
    {
        scan.Search(spans.Where(span => span.Source.Name == _source));
        foreach (var span in spans.Where(span => span.Source.Name != _source))
        {
            scan.Search(span.TagObjects).SearchText($"{span.DisplayName} {span.StatusDescription}", "name and status");
        }
    }

    private static void SetDurable(EventSinkOptions options) => (options.Delivery, options.DurableTimeout) = (EventDelivery.Durable, HangGuard.Limit);

    private void Configure(AgentObservabilityOptions options, CanaryMode mode)
    {
        options.SourceName = _source;
        options.EmitOperationDetails = true;
        options.MetricMetadataKeys.Add("plain");
        options.RecordedAdditionalProperties.Add(Note);
        options.CaptureContent = mode == CanaryMode.Off ? ContentCapture.None : ContentCapture.All;
        options.Privacy.RedactText = mode switch
        {
            CanaryMode.Replaced => static (_, text) => text.Replace(Planted, "gone", StringComparison.OrdinalIgnoreCase),
            CanaryMode.Hidden => static (_, _) => null,
            CanaryMode.Broken => static (_, text) => throw new InvalidOperationException(text),
            _ => null,
        };
    }
}
