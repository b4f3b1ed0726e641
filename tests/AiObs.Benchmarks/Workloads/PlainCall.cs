using Microsoft.Extensions.AI;

namespace AiObs.Benchmarks.Workloads;

/// <summary>A chat call that is not streamed.</summary>
public sealed class PlainCall : Workload
{
    private const int Messages = 10;

    private readonly IChatClient _client;
    private readonly List<ChatMessage> _messages;
    private readonly IReadOnlyList<ChatOptions> _options;
    private readonly IDisposable?[] _owned;
    private int _calls;

    private PlainCall(IChatClient client, int messages, IReadOnlyList<ChatOptions>? options, params IDisposable?[] owned)
    {
        _client = client;
        _messages = [.. Conversation.Of(messages)];
        _options = options ?? OptionSets.One;
        _owned = owned;
    }

    /// <inheritdoc/>
    public override bool PassesThrough => ReferenceEquals(_client.GetService<InstantChatClient>()!.Response, _client.GetResponseAsync(_messages));

    /// <summary>Makes a call of the client itself.</summary>
    public static PlainCall Raw(int messages = Messages) => new(new InstantChatClient(), messages, options: null);

    /// <summary>Makes a call of a client under Microsoft.Extensions.AI's own tracing.</summary>
    public static PlainCall Incumbent(bool recordsContent = false, IReadOnlyList<ChatOptions>? optionSets = null)
    {
        var source = Listening.NewSourceName();
        return new(InstantChatClient.Incumbent(source, recordsContent), Messages, optionSets, new Listening(source));
    }

    /// <summary>Makes a call of an observed client.</summary>
    public static PlainCall Observed(
        int messages = Messages, bool isListening = true, IReadOnlyList<ChatOptions>? optionSets = null, Action<AgentObservabilityBuilder>? configure = null)
    {
        var source = Listening.NewSourceName();
        var root = AgentObservability.Create(builder =>
        {
            builder.Configure(options => options.SourceName = source);
            configure?.Invoke(builder);
        });
        return new(
            new InstantChatClient().UseAgentObservability(root), messages, optionSets, isListening ? new Listening(source) : null, root);
    }

    /// <summary>Makes a call of a client that is observed by a root that is there, and ends with it.</summary>
    internal static PlainCall Of(AgentObservability root, string sourceName) =>
        new(new InstantChatClient().UseAgentObservability(root), Messages, options: null, new Listening(sourceName), root);

    /// <inheritdoc/>
    public override void Run() => _client.GetResponseAsync(_messages, _options[_calls++ % _options.Count]).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Settle()
    {
        foreach (var root in _owned.OfType<AgentObservability>())
        {
            root.FlushTracesAsync().GetAwaiter().GetResult();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _client.Dispose();
        Array.ForEach(_owned, static owned => owned?.Dispose());
    }
}
