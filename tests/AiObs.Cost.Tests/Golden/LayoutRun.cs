using AiObs.Pictures;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiObs.Cost.Tests.Golden;

/// <summary>One run of a layout: its model and tool, its roots, and the recorder of everything.</summary>
internal sealed class LayoutRun : IDisposable
{
    private readonly int _rounds;
    private readonly Outcome _outcome;
    private readonly Variant _variant;
    private readonly List<IDisposable> _disposables = [];

    public LayoutRun(int rounds, Outcome outcome, bool isStreaming, Variant variant)
    {
        _rounds = rounds;
        _outcome = outcome;
        _variant = variant;
        IsStreaming = isStreaming;
        Model = Script.Model(rounds, outcome, Cancellation);
        Tool = AIFunctionFactory.Create(TellWeather, "weather", "Tells the weather.");
    }

    public Recorder Recorder { get; } = new();

    public CancellationTokenSource Cancellation { get; } = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public bool IsStreaming { get; }

    public StubChatClient Model { get; set; }

    public AIFunction Tool { get; set; }

    /// <summary>Gets a root that tracks costs.</summary>
    public AgentObservability Root => field ??= Recorder.CreateRoot(builder => Configure(builder).AddCostTracking(SetCosts));

    /// <summary>Gets a root that tracks none, where it is the only one.</summary>
    public AgentObservability Bare => field ??= Recorder.CreateRoot(builder => Configure(builder));

    /// <summary>Gets a root that tracks none, beside another.</summary>
    public AgentObservability SecondBare => field ??= Recorder.CreateRoot(builder => Configure(builder), "second root");

    /// <summary>Gets a further root that tracks costs.</summary>
    public AgentObservability Second => field ??= Recorder.CreateRoot(builder => Configure(builder).AddCostTracking(SetCosts), "second root");

    /// <summary>Gets the source of tracing that is not ours.</summary>
    public string TelemetrySource => field ??= Recorder.NewSource("telemetry");

    public IDistributedCache Cache { get; } = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));

    public CancellationToken Token => Cancellation.Token;

    public static IEnumerable<ChatMessage> Messages => [new(ChatRole.User, "How is Rome?")];

    public ChatOptions ChatOptions => new()
    {
        Temperature = 0.5f,
        Instructions = _variant.HasContent ? "Be brief." : null,
        Tools = _rounds > 1 ? [Tool] : null,
    };

    public AgentObservabilityBuilder Configure(AgentObservabilityBuilder builder) => builder.Configure(_variant.Configure);

    public void SetCosts(CostTrackingOptions options) => Prices.Set(options, _outcome, _rounds);

    /// <summary>Calls a client as the run says, and notes what comes back.</summary>
    public Task AskAsync(IChatClient client, Action<ChatOptions>? configure = null)
    {
        var options = ChatOptions;
        configure?.Invoke(options);

        return IsStreaming
            ? Recorder.StreamAsync(() => client.GetStreamingResponseAsync(Messages, options, Token), update => _outcome is Outcome.LeftEarly && update.Text.Length > 0)
            : Recorder.CallAsync(() => client.GetResponseAsync(Messages, options, Token));
    }

    /// <summary>Calls a client inside of something, and lets what goes wrong through.</summary>
    public Task<ChatResponse> GetResponseAsync(IChatClient client) => IsStreaming
        ? client.GetStreamingResponseAsync(Messages, ChatOptions, Token).ToChatResponseAsync(Token)
        : client.GetResponseAsync(Messages, ChatOptions, Token);

    /// <summary>Builds a layout, asks it, and draws what came of it.</summary>
    public Task<string> DrawAsync(Layout layout, PictureParts inBrief) => DrawAsync(
        async () =>
        {
            if (Build(layout) is not { } client)
            {
                return;
            }

            Show(client.GetService<CostTracking>());
            await layout.Ask(this, client);
        },
        inBrief);

    /// <summary>Does what leaves a picture, and draws it.</summary>
    public async Task<string> DrawAsync(Func<Task> work, PictureParts inBrief)
    {
        await Recorder.RunAsync(async () =>
        {
            using var context = _variant.HasContent
                ? AgentContext.Begin("conversation-1", "user-1", "session-1", ["blue"], new Dictionary<string, object?> { ["tenant"] = "north" })
                : null;
            await work();
        });

        return await Recorder.DrawAsync(TestContext.Current.CancellationToken, _variant.Parts, inBrief);
    }

    /// <summary>Shows the cost tracking of a client, where it has its own.</summary>
    public void Show(CostTracking? costs)
    {
        if (costs is not null)
        {
            Recorder.Attach(costs, "client");
        }
    }

    public T Keep<T>(T item)
        where T : IDisposable
    {
        _disposables.Add(item);

        return item;
    }

    public void Dispose()
    {
        _disposables.ForEach(static item => item.Dispose());
        Recorder.Dispose();
        Cancellation.Dispose();
    }

    /// <summary>Builds a layout, or notes why it is refused.</summary>
    private IChatClient? Build(Layout layout)
    {
        try
        {
            return Keep(layout.Build(this));
        }
        catch (InvalidOperationException refusal)
        {
            Recorder.NoteLine($"refused when it was built: {refusal.Message}");

            return null;
        }
    }

    private string TellWeather(string city) =>
        _outcome is Outcome.ToolFailed ? throw new InvalidOperationException("The tool broke.") : $"Sunny in {city}";
}
