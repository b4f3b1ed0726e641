namespace AiObs;

/// <summary>Who a piece of work is for. Everything observed inside a scope carries its values, across awaits and parallel work.</summary>
/// <remarks>Values flow in an <see cref="AsyncLocal{T}"/>: they leave the process in telemetry, and in headers only with <see cref="AgentContextPropagator"/>.</remarks>
public sealed class AgentContext
{
    private static readonly AsyncLocal<AgentContext?> Ambient = new();

    internal AgentContext(AgentContext? outer) => Outer = outer;

    /// <summary>Gets the innermost scope; <see langword="null"/> outside of every scope.</summary>
    public static AgentContext? Current => Ambient.Value;

    /// <summary>Gets the conversation.</summary>
    public string? ConversationId { get; internal init; }

    /// <summary>Gets the end user.</summary>
    public string? UserId { get; internal init; }

    /// <summary>Gets the session.</summary>
    public string? SessionId { get; internal init; }

    /// <summary>Gets free tags.</summary>
    public IReadOnlyList<string>? Tags { get; internal init; }

    /// <summary>Gets free key/value data.</summary>
    public IReadOnlyDictionary<string, object?>? Metadata { get; internal init; }

    internal static bool IsCurrentSuppressed => Ambient.Value is { IsSuppressed: true };

    internal AgentContext? Outer { get; }

    internal bool IsSuppressed { get; init; }

    /// <summary>Gets the turn of a stored conversation that the flow belongs to: whoever runs it raises an event for each message itself.</summary>
    internal string? TurnId { get; init; }

    private bool IsLeft { get; set; }

    /// <summary>Opens a scope. Values that are not given are inherited from the enclosing scope; metadata is merged key by key.</summary>
    /// <param name="conversationId">The conversation; written as <c>gen_ai.conversation.id</c>, and as <c>session.id</c> when no session is given.</param>
    /// <param name="userId">The end user; written as <c>user.id</c>.</param>
    /// <param name="sessionId">The session; written as <c>session.id</c>, and as <c>gen_ai.conversation.id</c> when no conversation is given.</param>
    /// <param name="tags">Free tags; written as <c>tag.tags</c>.</param>
    /// <param name="metadata">Free key/value data; written as <c>metadata</c>.</param>
    /// <returns>The scope; dispose it to leave.</returns>
    public static IDisposable Begin(
        string? conversationId = null,
        string? userId = null,
        string? sessionId = null,
        IEnumerable<string>? tags = null,
        IEnumerable<KeyValuePair<string, object?>>? metadata = null)
    {
        var outer = Current;
        return Enter(new AgentContext(Ambient.Value)
        {
            ConversationId = NullIfEmpty(conversationId) ?? outer?.ConversationId,
            UserId = NullIfEmpty(userId) ?? outer?.UserId,
            SessionId = NullIfEmpty(sessionId) ?? outer?.SessionId,
            Tags = tags is null ? outer?.Tags : [.. tags],
            Metadata = Merge(outer?.Metadata, metadata),
            IsSuppressed = IsCurrentSuppressed,
            TurnId = outer?.TurnId,
        });
    }

    /// <summary>Opens the scope of a turn of a stored conversation.</summary>
    internal static IDisposable BeginTurn(string conversationId, string? userId, string turnId)
    {
        var outer = Current;
        return Enter(new AgentContext(Ambient.Value)
        {
            ConversationId = conversationId,
            UserId = NullIfEmpty(userId) ?? outer?.UserId,
            SessionId = outer?.SessionId,
            Tags = outer?.Tags,
            Metadata = outer?.Metadata,
            IsSuppressed = IsCurrentSuppressed,
            TurnId = turnId,
        });
    }

    /// <summary>Stops observation inside: no spans, no metrics, no events, no cost records; and no budget holds there.</summary>
    /// <returns>The scope; dispose it to observe again.</returns>
    public static IDisposable Suppress()
    {
        var outer = Current;
        return Enter(new AgentContext(Ambient.Value)
        {
            ConversationId = outer?.ConversationId,
            UserId = outer?.UserId,
            SessionId = outer?.SessionId,
            Tags = outer?.Tags,
            Metadata = outer?.Metadata,
            IsSuppressed = true,
            TurnId = outer?.TurnId,
        });
    }

    /// <summary>Returns what is ambient in this flow, values or not, for <see cref="PutBack"/>.</summary>
    internal static AgentContext? Capture() => Ambient.Value;

    /// <summary>Makes ambient what was so before.</summary>
    internal static void PutBack(AgentContext? context) => Ambient.Value = context;

    /// <summary>Leaves a scope. Scopes that are left out of order stay in force until those inside of them are left too.</summary>
    internal static void Leave(AgentContext scope)
    {
        scope.IsLeft = true;
        var current = Ambient.Value;
        while (current is { IsLeft: true })
        {
            current = current.Outer;
        }

        Ambient.Value = current;
    }

    private static AgentContextScope Enter(AgentContext scope)
    {
        Ambient.Value = scope;
        return new AgentContextScope(scope);
    }

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static IReadOnlyDictionary<string, object?>? Merge(
        IReadOnlyDictionary<string, object?>? outer, IEnumerable<KeyValuePair<string, object?>>? inner)
    {
        if (inner is null)
        {
            return outer;
        }

        var merged = outer is null ? new Dictionary<string, object?>(StringComparer.Ordinal) : new(outer, StringComparer.Ordinal);
        foreach (var (key, value) in inner)
        {
            merged[key] = value;
        }

        return merged;
    }
}
