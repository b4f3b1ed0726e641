using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Clients;

/// <summary>One call of a guarded client: what is sent to the model, how often it is asked, and what becomes of its answers.</summary>
internal sealed class GuardedRun
{
    /// <summary>How often a model is asked again that asks for nothing but refused tools.</summary>
    private const int MostRepeats = 3;

    private readonly HashSet<string> _refusedIds = new(StringComparer.Ordinal);
    private readonly GuardrailRunner _runner;
    private readonly OwedResults _owed;
    private readonly Debt? _debt;
    private readonly string? _conversationId;
    private int _repeats;

    public GuardedRun(GuardrailRunner runner, OwedResults owed, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        _runner = runner;
        _owed = owed;
        _conversationId = options?.ConversationId;
        _debt = owed.Find(_conversationId);
        Messages = _debt?.AddTo(messages) ?? messages;
        Options = options;
    }

    /// <summary>Gets what is sent next.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; private set; }

    /// <summary>Gets the options of what is sent next.</summary>
    public ChatOptions? Options { get; private set; }

    /// <summary>Looks at what a model said.</summary>
    public ValueTask<GuardrailResult> CheckOutputAsync(IReadOnlyList<ChatMessage> answer, CancellationToken cancellationToken) =>
        _runner.LooksAt(GuardrailStages.Output)
            ? _runner.CheckAsync(OutputOf(answer), cancellationToken)
            : new(new GuardrailResult(answer, [], Refusal: null));

    public GuardrailRequest OutputOf(IReadOnlyList<ChatMessage> answer) => new(GuardrailStages.Output, answer) { History = Messages, Options = Options };

    /// <summary>Looks at the calls that a model asks for: those that are not for information, and that the same answer has no result of.</summary>
    public async ValueTask<GuardedCalls> CheckCallsAsync(IReadOnlyList<ChatMessage> answer, string? conversationId, CancellationToken cancellationToken)
    {
        _owed.Remove(_conversationId, _debt);
        var guarded = new GuardedCalls();
        if (!_runner.LooksAt(GuardrailStages.ToolCall))
        {
            return guarded;
        }

        var answered = answer.SelectMany(static message => message.Contents).OfType<FunctionResultContent>().Select(static result => result.CallId).ToHashSet(StringComparer.Ordinal);
        var open = answer.SelectMany(static message => message.Contents, static (message, content) => (Message: message, Call: content as FunctionCallContent))
            .Where(pair => pair.Call is { InformationalOnly: false } call && !answered.Contains(call.CallId)).ToList();
        List<(ChatMessage Message, FunctionCallContent Call, string Id)> kept = [];
        List<string> refused = [];
        foreach (var (message, asked) in open)
        {
            var call = asked!;
            var id = FreeIdOf(call.CallId);
            var current = guarded.Rename(call, id);
            var earlier = open.Select(static pair => pair.Call!).TakeWhile(other => !ReferenceEquals(other, call)).ToList<AIContent>();
            var request = new GuardrailRequest(GuardrailStages.ToolCall, [new(ChatRole.Assistant, [current])])
            {
                History = earlier.Count == 0 ? Messages : [.. Messages, new(ChatRole.Assistant, earlier)],
                Options = Options,
            };
            var result = await _runner.CheckAsync(request, cancellationToken).ConfigureAwait(false);
            if (result.Refusal is { } finding)
            {
                guarded.Refuse(message, call, id, finding, finding.Reason);
                refused.Add(id);
                continue;
            }

            kept.Add((message, call, id));
            if (result.Messages[0].Contents[0] is var left && !ReferenceEquals(left, call))
            {
                guarded.Replaced[call] = left;
            }
        }

        if (guarded.Refusal is { } refusal && conversationId is not null && kept.Exists(other => MayLeave(other.Call)))
        {
            // The service wants all results at once, and those of the others may come from elsewhere, when this guard is gone.
            foreach (var (message, call, id) in kept)
            {
                guarded.Refuse(message, call, id, refusal, "another call of this answer was refused. Ask for this one again, alone.");
                refused.Add(id);
            }

            kept.Clear();
        }

        _refusedIds.UnionWith(refused);
        guarded.HasOpen = kept.Count > 0;
        return guarded;
    }

    /// <summary>Prepares to ask once more, where nothing but refused calls is left of an answer.</summary>
    /// <param name="guarded">What was done about the calls.</param>
    /// <param name="answer">The answer, with what answers the refused calls.</param>
    /// <param name="conversationId">The conversation that the service keeps; <see langword="null"/> where it keeps none.</param>
    /// <returns>Whether the model is to be asked again.</returns>
    public bool AskAgain(GuardedCalls guarded, IReadOnlyList<ChatMessage> answer, string? conversationId)
    {
        if (guarded.Refusal is null || guarded.HasOpen || _repeats == MostRepeats)
        {
            if (conversationId is not null && guarded.Debt is { } debt)
            {
                _owed.Set(conversationId, debt);
            }

            return false;
        }

        _repeats++;
        Messages = conversationId is null ? [.. Messages, .. answer] : [new(ChatRole.Tool, [.. guarded.Debt!.Results])];
        Options = Options?.Clone() ?? new();
        Options.ContinuationToken = null;
        Options.ConversationId = conversationId ?? Options.ConversationId;
        Options.ToolMode = _repeats == MostRepeats ? ChatToolMode.None : Options.ToolMode is RequiredChatToolMode ? null : Options.ToolMode;
        return true;
    }

    /// <summary>Returns an id that no refused call of this answer has: loops look for results by id in all of it, and would take a later call for answered.</summary>
    private string FreeIdOf(string id)
    {
        var free = id;
        for (var number = 2; _refusedIds.Contains(free); number++)
        {
            free = $"{id}_{number}";
        }

        return free;
    }

    /// <summary>Tells whether somebody else than the loop inside of this call may run a function, or may be asked first.</summary>
    private bool MayLeave(FunctionCallContent call) =>
        Options?.Tools?.OfType<AIFunctionDeclaration>().FirstOrDefault(tool => tool.Name == call.Name) is not AIFunction function
        || function.GetService<ApprovalRequiredAIFunction>() is not null;
}
