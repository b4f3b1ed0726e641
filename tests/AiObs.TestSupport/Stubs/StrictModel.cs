using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Stubs;

/// <summary>A scripted model that refuses what providers refuse: a call without a result, a result without a call, an id used twice, results of one answer in two messages.</summary>
/// <remarks>
/// An answer is a text after <c>=</c>, or calls such as <c>good#a bad#b</c>: a tool and an id. The last answer of a script is given again and again; any further turn is answered with "Again.". It serves many callers at a time.
/// </remarks>
public sealed class StrictModel(params string[] script) : IChatClient
{
    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly CollectedList<StubChatCall> _calls = new();
    private int _conversations;

    /// <summary>Gets a value indicating whether it keeps the history, so that it is sent what is new alone.</summary>
    public bool KeepsHistory { get; init; }

    /// <summary>Gets a value indicating whether updates of a stream say which role and message they are of.</summary>
    public bool HasRoles { get; init; } = true;

    /// <summary>Gets the requests so far, in order.</summary>
    public IReadOnlyList<StubChatCall> Calls => _calls.Items;

    /// <summary>Throws where a provider would refuse the messages.</summary>
    public static void Check(IReadOnlyList<ChatMessage> messages)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < messages.Count; index++)
        {
            var message = messages[index];
            var called = message.Contents.OfType<FunctionCallContent>().Select(static call => call.CallId).ToList();
            if (called.Find(id => !ids.Add(id)) is { } twice)
            {
                throw new InvalidOperationException($"The id {twice} is used twice. {Describe(messages)}");
            }

            var next = index + 1 < messages.Count && messages[index + 1].Role == ChatRole.Tool ? messages[index + 1] : null;
            if (called.Count > 0 && !called.ToHashSet().SetEquals(ResultsOf(next)))
            {
                throw new InvalidOperationException($"The calls {string.Join(", ", called)} are not followed by their results. {Describe(messages)}");
            }

            if (message.Role == ChatRole.Tool && (index == 0 || !messages[index - 1].Contents.Any(static content => content is FunctionCallContent)))
            {
                throw new InvalidOperationException($"A tool message follows no call. {Describe(messages)}");
            }
        }
    }

    /// <summary>Writes messages as one line.</summary>
    public static string Describe(IEnumerable<ChatMessage> messages) => string.Join(" | ", messages.Select(static message => $"{message.Role}: {string.Join(", ", message.Contents.Select(static content => content switch
    {
        TextContent text => text.Text,
        FunctionCallContent call => $"{call.Name}#{call.CallId}{(call.InformationalOnly ? " (informational)" : "")}",
        FunctionResultContent result => $"{result.CallId}={result.Result}",
        _ => content.GetType().Name,
    }))}"));

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (contents, conversationId) = Answer([.. messages], options, cancellationToken);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, contents) { MessageId = NewId() })
        {
            ConversationId = conversationId,
            FinishReason = FinishOf(contents),
            Usage = new() { InputTokenCount = 10, OutputTokenCount = 5, TotalTokenCount = 15 },
        });
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (contents, conversationId) = Answer([.. messages], options, cancellationToken);
        var id = NewId();
        foreach (var content in contents.SelectMany(Split))
        {
            await Task.Yield();
            yield return Of([content], null);
        }

        yield return Of([new UsageContent(new() { InputTokenCount = 10, OutputTokenCount = 5, TotalTokenCount = 15 })], FinishOf(contents));

        ChatResponseUpdate Of(IList<AIContent> part, ChatFinishReason? finish) => new(HasRoles ? ChatRole.Assistant : null, part)
        {
            MessageId = HasRoles ? id : null,
            ConversationId = conversationId,
            FinishReason = finish,
        };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("strict", new Uri("http://localhost:8080"), "strict-model")
        : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // It holds nothing.
    }

    private static string NewId() => Guid.NewGuid().ToString("N");

    private static IEnumerable<string> ResultsOf(ChatMessage? message) => message?.Contents.OfType<FunctionResultContent>().Select(static result => result.CallId) ?? [];

    private static ChatFinishReason FinishOf(List<AIContent> contents) => contents.Exists(static content => content is FunctionCallContent) ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop;

    private static IEnumerable<AIContent> Split(AIContent content) =>
        content is TextContent text ? text.Text.Chunk(2).Select(static part => new TextContent(new string(part))) : [content];

    private (List<AIContent> Contents, string? ConversationId) Answer(List<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        _calls.Add(new StubChatCall([.. messages], options, System.Diagnostics.Activity.Current, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        if (!KeepsHistory)
        {
            Check(messages);
            var lastUser = messages.FindLastIndex(static message => message.Role == ChatRole.User);
            var step = messages.Skip(lastUser).Count(static message => message.Role == ChatRole.Assistant);
            return (ContentsOf(messages.Count(static message => message.Role == ChatRole.User), step), null);
        }

        var id = options?.ConversationId ?? $"conversation-{Interlocked.Increment(ref _conversations)}";
        var kept = _kept.GetOrAdd(id, static _ => new Kept());
        kept.Open.SymmetricExceptWith(messages.SelectMany(ResultsOf));
        if (kept.Open.Count > 0)
        {
            throw new InvalidOperationException($"The results are not those of the open calls: {string.Join(", ", kept.Open)}. {Describe(messages)}");
        }

        var users = messages.Count(static message => message.Role == ChatRole.User);
        (kept.Turns, kept.Step) = users > 0 ? (kept.Turns + users, 0) : (kept.Turns, kept.Step + 1);
        var contents = ContentsOf(kept.Turns, kept.Step);
        foreach (var call in contents.OfType<FunctionCallContent>())
        {
            if (!kept.Used.Add(call.CallId) && !kept.Open.Add(call.CallId))
            {
                throw new InvalidOperationException($"The id {call.CallId} is open twice.");
            }

            kept.Open.Add(call.CallId);
        }

        return (contents, id);
    }

    private List<AIContent> ContentsOf(int turn, int step)
    {
        var line = turn > 1 ? "=Again." : script[Math.Min(step, script.Length - 1)];
        return line.StartsWith('=')
            ? [new TextContent(line[1..])]
            : [.. line.Split(' ').Select(part => part.Split('#')).Select(part => new FunctionCallContent(
                script.Length == 1 ? $"{part[1]}{step}" : part[1], part[0], new Dictionary<string, object?>(StringComparer.Ordinal) { ["city"] = "Rome" }))];
    }

    private sealed class Kept
    {
        public HashSet<string> Open { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Used { get; } = new(StringComparer.Ordinal);

        public int Turns { get; set; }

        public int Step { get; set; }
    }
}
