using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using AiObs.Operations;
using AiObs.Operations.Content;

namespace AiObs;

/// <summary>Reads the ambient <see cref="AgentContext"/> at the start of an operation; the result is shared by all operations of one scope.</summary>
internal sealed class ContextReader
{
    private const int HashLength = 32;

    private readonly ConditionalWeakTable<AgentContext, OperationContext> _cache = [];
    private readonly byte[]? _userIdHashKey;

    private readonly Func<OperationContext, OperationContext>? _mask;
    private readonly BaggageReader? _received;

    /// <summary>Initializes a new instance of the <see cref="ContextReader"/> class.</summary>
    /// <param name="userIdHashKey">The key of the hash that stands in the place of user ids; <see langword="null"/> where they stay as they are.</param>
    /// <param name="mask">Redacts tags and metadata; <see langword="null"/> where nothing is redacted.</param>
    /// <param name="received">Reads what came along with a request; <see langword="null"/> where that is not wanted.</param>
    public ContextReader(string? userIdHashKey, Func<OperationContext, OperationContext>? mask = null, BaggageReader? received = null)
    {
        _userIdHashKey = userIdHashKey is null ? null : Encoding.UTF8.GetBytes(userIdHashKey);
        _mask = mask;
        _received = received;
    }

    /// <summary>Gets the keys of metadata that stand on events and cost records.</summary>
    public IReadOnlyList<string> RecordedMetadataKeys { get; init; } = [];

    /// <summary>Gets a value indicating whether tags stand on events.</summary>
    public bool RecordsTags { get; init; }

    public OperationContext Read()
    {
        var scope = AgentContext.Current;
        var completed = _received is null ? scope : _received.Complete(scope);
        return completed is null ? OperationContext.Empty
            : ReferenceEquals(completed, scope) ? _cache.GetValue(completed, Convert)
            : Convert(completed);
    }

    /// <summary>Returns what stands in the place of a user's id.</summary>
    public string? Pseudonymise(string? userId) => userId is null || _userIdHashKey is null
        ? userId
        : System.Convert.ToHexStringLower(HMACSHA256.HashData(_userIdHashKey, Encoding.UTF8.GetBytes(userId)))[..HashLength];

    private OperationContext Convert(AgentContext scope)
    {
        var context = _mask is null ? Read(scope) : _mask(Read(scope));
        return context with { Recorded = RecordedContext.Of(context, RecordedMetadataKeys, RecordsTags) };
    }

    private OperationContext Read(AgentContext scope) => new(
        scope.ConversationId ?? scope.SessionId,
        Pseudonymise(scope.UserId),
        scope.SessionId ?? scope.ConversationId,
        scope.Tags is { Count: > 0 } tags ? tags : null,
        scope.Metadata is { Count: > 0 } ? ValueJson.Write(scope.Metadata) : null,
        scope.Metadata)
    {
        TurnId = scope.TurnId,
    };
}
