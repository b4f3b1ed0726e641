using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Clients;

/// <summary>One answer of a model as it comes: what may be shown at once, and what is held back until the guardrails have looked.</summary>
internal sealed class StreamedAnswer
{
    private readonly GuardrailRunner _runner;
    private readonly GuardedRun _run;
    private readonly List<HeldText> _filters;
    private readonly bool _holdsAll;
    private readonly bool _dropsRaw;
    private readonly List<ChatResponseUpdate> _all = [];
    private readonly List<ChatResponseUpdate> _shown = [];
    private List<ChatResponseUpdate> _held = [];
    private HeldRefusal? _stopped;
    private string? _conversationId;
    private bool _hasCalls;

    public StreamedAnswer(GuardrailRunner runner, GuardedRun run)
    {
        _runner = runner;
        _run = run;
        var gates = runner.Rules.Where(static rule => (rule.Stages & GuardrailStages.Output) != 0 && rule.Mode is (GuardrailMode.Block or GuardrailMode.Redact)).ToList();
        _holdsAll = gates.Exists(static rule => rule.Guardrail.LongestMatch is null);
        _filters = _holdsAll ? [] : [.. gates.Select(rule => new HeldText(rule, runner.Clock, run.OutputOf))];

        // Raw updates have pieces of arguments before the call itself comes, and the whole text at their end.
        _dropsRaw = runner.Rules.Any(static rule => rule.Mode == GuardrailMode.Redact && (rule.Stages & (GuardrailStages.ToolCall | GuardrailStages.Output)) != 0);
    }

    /// <summary>Gets what the output is refused for; then nothing more of it is shown.</summary>
    public GuardrailFinding? Refusal { get; private set; }

    /// <summary>Gets a value indicating whether the rest of the stream need not be read.</summary>
    public bool IsStopped => _stopped is not null;

    /// <summary>Gets what was done about the calls.</summary>
    public GuardedCalls Calls { get; private set; } = new();

    /// <summary>Gets the counts of tokens that came and were not shown.</summary>
    public IEnumerable<AIContent> UnshownUsage => _all.SelectMany(static update => update.Contents).OfType<UsageContent>()
        .Except(_shown.SelectMany(static update => update.Contents), ReferenceEqualityComparer.Instance).OfType<AIContent>();

    /// <summary>Takes an update.</summary>
    /// <returns>What may be shown by now.</returns>
    public async ValueTask<IReadOnlyList<ChatResponseUpdate>> AddAsync(ChatResponseUpdate update, CancellationToken cancellationToken)
    {
        _all.Add(update);
        _conversationId = update.ConversationId ?? _conversationId;
        if (_holdsAll)
        {
            return [];
        }

        var released = await FilterAsync([update], isEnd: false, cancellationToken).ConfigureAwait(false);

        // Loops hold what comes from the first call on, too.
        _hasCalls |= _runner.LooksAt(GuardrailStages.ToolCall) && update.Contents.Any(static content => content is FunctionCallContent { InformationalOnly: false });
        if (_hasCalls)
        {
            _held.AddRange(released);
            return [];
        }

        return Show(released);
    }

    /// <summary>Looks at the whole answer, once it has come.</summary>
    /// <returns>What may be shown of what was held back.</returns>
    public async ValueTask<IReadOnlyList<ChatResponseUpdate>> EndAsync(CancellationToken cancellationToken)
    {
        if (_stopped is null && !_holdsAll)
        {
            _held.AddRange(await FilterAsync([], isEnd: true, cancellationToken).ConfigureAwait(false));
        }

        if (_stopped is { Finding.IsFailure: true } failed)
        {
            _runner.Tell(failed.Rule, _run.OutputOf(MessageBounds.MessagesOf(_all)), failed.Check, failed.Finding);
            Refusal = failed.Finding;
            return [];
        }

        // The filters tell nothing: what was found is told once, of the whole.
        var messages = MessageBounds.MessagesOf(_all);
        var result = await _run.CheckOutputAsync(messages, cancellationToken).ConfigureAwait(false);
        Refusal = result.Refusal;
        if (Refusal is null && _stopped is { } stopped)
        {
            _runner.Tell(stopped.Rule, _run.OutputOf(messages), stopped.Check, stopped.Finding);
            Refusal = stopped.Finding;
        }

        if (Refusal is not null)
        {
            return [];
        }

        if (_holdsAll)
        {
            _held = Replace(_all, MapOf(messages, result.Messages));
        }

        return Show(await GuardCallsAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Prepares to ask the model once more.</summary>
    /// <returns>Whether it is to be asked.</returns>
    public bool AskAgain() => _run.AskAgain(Calls, Calls.Refusal is null ? [] : [.. _shown.ToChatResponse().Messages], _conversationId);

    private async ValueTask<List<ChatResponseUpdate>> FilterAsync(List<ChatResponseUpdate> updates, bool isEnd, CancellationToken cancellationToken)
    {
        foreach (var filter in _filters)
        {
            List<ChatResponseUpdate> released = [];
            _stopped = await filter.AddAsync(updates, isEnd, released, cancellationToken).ConfigureAwait(false);
            if (_stopped is not null)
            {
                return [];
            }

            updates = released;
        }

        return updates;
    }

    private async ValueTask<List<ChatResponseUpdate>> GuardCallsAsync(CancellationToken cancellationToken)
    {
        var messages = MessageBounds.MessagesOf(_held);
        Calls = await _run.CheckCallsAsync(messages, _conversationId, cancellationToken).ConfigureAwait(false);
        var guarded = Replace(_held, Calls.Replaced);
        if (Calls.Answers.Count == 0)
        {
            return guarded;
        }

        List<ChatResponseUpdate> answered = [];
        var bounds = new MessageBounds();
        var message = -1;
        for (var index = 0; index < _held.Count; index++)
        {
            if (bounds.Begins(_held[index]) && ++message > 0)
            {
                AddAnswer(messages[message - 1]);
            }

            answered.Add(guarded[index]);
        }

        AddAnswer(messages[^1]);
        return answered;

        void AddAnswer(ChatMessage caller)
        {
            if (Calls.Answers.TryGetValue(caller, out var answer))
            {
                answered.Add(new(ChatRole.Tool, answer.Contents) { MessageId = answer.MessageId, ConversationId = _conversationId });
            }
        }
    }

    private static Dictionary<AIContent, AIContent> MapOf(IReadOnlyList<ChatMessage> messages, IReadOnlyList<ChatMessage> left)
    {
        var map = new Dictionary<AIContent, AIContent>(ReferenceEqualityComparer.Instance);
        foreach (var (content, replaced) in messages.SelectMany(static message => message.Contents).Zip(left.SelectMany(static message => message.Contents)))
        {
            if (!ReferenceEquals(content, replaced))
            {
                map[content] = replaced;
            }
        }

        return map;
    }

    private static List<ChatResponseUpdate> Replace(List<ChatResponseUpdate> updates, Dictionary<AIContent, AIContent> replaced) => [.. updates.Select(update =>
    {
        if (replaced.Count == 0 || !update.Contents.Any(replaced.ContainsKey))
        {
            return update;
        }

        var changed = update.Clone();
        changed.Contents = [.. update.Contents.Select(content => replaced.GetValueOrDefault(content, content))];
        changed.RawRepresentation = null;
        changed.AdditionalProperties = null;
        return changed;
    })];

    private List<ChatResponseUpdate> Show(List<ChatResponseUpdate> updates)
    {
        var shown = !_dropsRaw ? updates : [.. updates.Select(static update =>
        {
            if (update.RawRepresentation is null)
            {
                return update;
            }

            var plain = update.Clone();
            plain.RawRepresentation = null;
            return plain;
        })];
        _shown.AddRange(shown);
        return shown;
    }
}
