using System.Runtime.CompilerServices;
using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Clients;

/// <summary>Guards what goes to a model and comes from it. It stands inside of function loops, so that it sees each call before its tool runs.</summary>
internal sealed class GuardedChatClient : DelegatingChatClient
{
    private const string GivesUp = "I cannot do this.";

    private readonly OwedResults _owed = new();
    private readonly GuardrailRunner _runner;
    private readonly GuardedRequest _request;
    private readonly string? _refusalText;
    private readonly AgentObservability? _owned;

    /// <param name="innerClient">The client next to the model.</param>
    /// <param name="observability">What spans, metrics and events go to.</param>
    /// <param name="rules">The guardrails.</param>
    /// <param name="refusalText">What is answered in the place of what is refused.</param>
    /// <param name="owned">The root, where it is disposed with the client.</param>
    public GuardedChatClient(IChatClient innerClient, AgentObservability observability, IReadOnlyList<GuardrailRule> rules, string? refusalText, AgentObservability? owned)
        : base(innerClient)
    {
        _runner = new(observability, rules);
        _request = new(observability, _runner);
        _refusalText = refusalText;
        _owned = owned;
    }

    /// <summary>Gets of how many conversations results are owed to services.</summary>
    internal int OwedCount => _owed.Count;

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (run, refusal) = await StartAsync(messages, options, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return new(RefusalOf(refusal)) { FinishReason = ChatFinishReason.ContentFilter };
        }

        List<ChatMessage> said = [];
        UsageDetails? usage = null;
        while (true)
        {
            var response = await base.GetResponseAsync(run.Messages, run.Options, cancellationToken).ConfigureAwait(false);
            usage = Sum(usage, response.Usage);
            IReadOnlyList<ChatMessage> answer = [.. response.Messages];
            var output = await run.CheckOutputAsync(answer, cancellationToken).ConfigureAwait(false);
            if (output.Refusal is { } refused)
            {
                var refusing = Copy(response, [.. said, RefusalOf(refused)], usage, keepsRaw: false);
                refusing.FinishReason = ChatFinishReason.ContentFilter;
                return refusing;
            }

            var calls = await run.CheckCallsAsync(output.Messages, response.ConversationId, cancellationToken).ConfigureAwait(false);
            var guarded = Apply(calls, output.Messages);
            var isChanged = !guarded.SequenceEqual(answer, ReferenceEqualityComparer.Instance);
            if (said.Count == 0 && !isChanged)
            {
                return response;
            }

            said.AddRange(guarded);
            if (run.AskAgain(calls, guarded, response.ConversationId))
            {
                continue;
            }

            var isGivenUp = calls is { Refusal: not null, HasOpen: false };
            var last = Copy(response, isGivenUp ? [.. said, new(ChatRole.Assistant, _refusalText ?? GivesUp)] : said, usage, keepsRaw: !isChanged);
            last.FinishReason = isGivenUp ? ChatFinishReason.ContentFilter : last.FinishReason;
            return last;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (run, refusal) = await StartAsync(messages, options, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            yield return EndingWith(RefusalOf(refusal));
            yield break;
        }

        StreamedAnswer answer;
        do
        {
            answer = new(_runner, run);
            var followsTool = run.Messages is [.., { } newest] && newest.Role == ChatRole.Tool;
            var updates = base.GetStreamingResponseAsync(run.Messages, run.Options, cancellationToken);
            await foreach (var update in updates.ConfigureAwait(false))
            {
                foreach (var ready in await answer.AddAsync(followsTool ? InRole(update) : update, cancellationToken).ConfigureAwait(false))
                {
                    yield return ready;
                }

                followsTool = false;
                if (answer.IsStopped)
                {
                    break;
                }
            }

            foreach (var ready in await answer.EndAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return ready;
            }

            if (answer.Refusal is { } refused)
            {
                yield return EndingWith(RefusalOf(refused), [.. answer.UnshownUsage]);
                yield break;
            }
        }
        while (answer.AskAgain());

        if (answer.Calls is { Refusal: not null, HasOpen: false })
        {
            yield return EndingWith(new(ChatRole.Assistant, _refusalText ?? GivesUp));
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _owned?.Dispose();
        }
    }

    private async ValueTask<(GuardedRun Run, GuardrailFinding? Refusal)> StartAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var (sent, refusal) = await _request.CheckAsync(messages as IReadOnlyList<ChatMessage> ?? [.. messages], options, cancellationToken).ConfigureAwait(false);
        return (new(_runner, _owed, sent, options), refusal);
    }

    /// <summary>Returns the messages with what stands in the place of calls, and behind each what answers the refused ones.</summary>
    private static List<ChatMessage> Apply(GuardedCalls calls, IReadOnlyList<ChatMessage> messages)
    {
        List<ChatMessage> guarded = [];
        foreach (var message in messages)
        {
            guarded.Add(message.Contents.Any(calls.Replaced.ContainsKey)
                ? Redactor.With(message, [.. message.Contents.Select(content => calls.Replaced.GetValueOrDefault(content, content))])
                : message);
            if (calls.Answers.TryGetValue(message, out var answer))
            {
                guarded.Add(answer);
            }
        }

        return guarded;
    }

    private ChatMessage RefusalOf(GuardrailFinding finding) => _refusalText is null ? throw new GuardrailException(finding) : new(ChatRole.Assistant, _refusalText);

    private static ChatResponseUpdate EndingWith(ChatMessage message, params IEnumerable<AIContent> usage) => new(ChatRole.Assistant, [.. message.Contents, .. usage])
    {
        MessageId = Guid.NewGuid().ToString("N"),
        FinishReason = ChatFinishReason.ContentFilter,
    };

    /// <summary>Gives the first update behind a tool message a role: without one it would be taken for a part of that message.</summary>
    private static ChatResponseUpdate InRole(ChatResponseUpdate update)
    {
        if (update.Role is not null)
        {
            return update;
        }

        var copy = update.Clone();
        copy.Role = ChatRole.Assistant;
        return copy;
    }

    private static UsageDetails? Sum(UsageDetails? sum, UsageDetails? usage)
    {
        if (sum is null || usage is null)
        {
            return sum ?? usage;
        }

        var added = new UsageDetails();
        added.Add(sum);
        added.Add(usage);
        return added;
    }

    private static ChatResponse Copy(ChatResponse response, IList<ChatMessage> messages, UsageDetails? usage, bool keepsRaw) => new(messages)
    {
        ResponseId = response.ResponseId,
        ConversationId = response.ConversationId,
        ModelId = response.ModelId,
        CreatedAt = response.CreatedAt,
        FinishReason = response.FinishReason,
        Usage = usage,
        ContinuationToken = response.ContinuationToken,
        RawRepresentation = keepsRaw ? response.RawRepresentation : null,
        AdditionalProperties = response.AdditionalProperties,
    };
}
