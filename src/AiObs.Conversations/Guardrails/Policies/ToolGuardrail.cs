using AiObs.Conversations.Guardrails.Policies;
using Microsoft.Extensions.AI;

namespace AiObs.Guardrails;

/// <summary>Finds calls of tools that are not allowed, have arguments that they must not have, or go round in circles.</summary>
/// <remarks>
/// Calls are counted over <see cref="GuardrailRequest.History"/> since the last message of the user. Two calls are the same where name and arguments are; the order of members does not count.
/// </remarks>
public sealed class ToolGuardrail : IGuardrail
{
    private ToolNames? _allowed;
    private ToolNames _denied = new([]);
    private ToolNames _repeatable = new([]);

    /// <summary>Gets the names of the tools that may be called; <c>*</c> stands for any characters.</summary>
    /// <value>The default is <see langword="null"/>: all. An empty list allows none. Names are compared exactly.</value>
    public IReadOnlyList<string>? Allowed
    {
        get;
        init => (field, _allowed) = (value, value is null ? null : new(value));
    }

    /// <summary>Gets the names of the tools that may not be called, even where <see cref="Allowed"/> has them; <c>*</c> stands for any characters.</summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public IReadOnlyList<string> Denied
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            (field, _denied) = (value, new(value));
        }
    } = [];

    /// <summary>Gets what arguments must not, or must, look like.</summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public IReadOnlyList<ToolArgumentPattern> Arguments
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = [];

    /// <summary>Gets how many calls of tools a turn may have.</summary>
    /// <value>The default is 50. Must be at least 1; <see langword="null"/> for any number.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? MaxCallsPerTurn
    {
        get;
        init => field = CheckLimit(value, nameof(MaxCallsPerTurn));
    } = 50;

    /// <summary>Gets how often the same call may be made in a turn.</summary>
    /// <value>The default is 3: the fourth is a hit. Must be at least 1; <see langword="null"/> for any number.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? MaxSameCalls
    {
        get;
        init => field = CheckLimit(value, nameof(MaxSameCalls));
    } = 3;

    /// <summary>Gets how often two different calls may follow each other in turns (A, B, A, B) without another between them.</summary>
    /// <value>The default is 2: the call that ends the third round is a hit. Must be at least 1; <see langword="null"/> for any number.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? MaxCycles
    {
        get;
        init => field = CheckLimit(value, nameof(MaxCycles));
    } = 2;

    /// <summary>Gets the names of the tools that may be called again and again with the same arguments, such as one that asks how a job stands; <c>*</c> stands for any characters. They count to <see cref="MaxCallsPerTurn"/>.</summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public IReadOnlyList<string> Repeatable
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            (field, _repeatable) = (value, new(value));
        }
    } = [];

    /// <summary>Gets the name in findings, events, spans and metrics; give each guardrail of its kind one of its own to tell them apart.</summary>
    /// <value>The default is <c>tool</c>.</value>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Name
    {
        get;
        init => field = PolicyWords.CheckName(value);
    } = "tool";

    /// <inheritdoc/>
    public GuardrailStages Stages => GuardrailStages.ToolCall;

    /// <inheritdoc/>
    public ValueTask<GuardrailVerdict> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var before = TurnCalls.Before(request.History);
        List<GuardrailHit> hits = [];
        foreach (var call in request.Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Check(call, before, hits);
        }

        return new(hits.Count == 0 ? GuardrailVerdict.Pass : new GuardrailVerdict(hits));
    }

    private void Check(FunctionCallContent call, TurnCalls calls, List<GuardrailHit> hits)
    {
        if (string.IsNullOrWhiteSpace(call.Name))
        {
            hits.Add(new("the call names no tool"));
            return;
        }

        if (_denied.Have(call.Name) || _allowed?.Have(call.Name) == false)
        {
            hits.Add(new(_denied.Have(call.Name) ? "the tool is denied" : "the tool is not among those that are allowed"));
        }

        var arguments = ToolCallKey.ArgumentsOf(call);
        hits.AddRange(Arguments.SelectMany(pattern => pattern.FindWrong(call.Name, arguments)).Distinct().Select(static name => new GuardrailHit($"the argument '{name}' is not allowed")));

        calls.Add(ToolCallKey.Of(call.Name, arguments));
        if (calls.Count > MaxCallsPerTurn)
        {
            hits.Add(new(FormattableString.Invariant($"more than {MaxCallsPerTurn} calls of tools in a turn")));
        }

        if (_repeatable.Have(call.Name))
        {
            return;
        }

        if (calls.CountSame() > MaxSameCalls)
        {
            hits.Add(new(FormattableString.Invariant($"the same call more than {MaxSameCalls} times in a turn")));
        }

        if (calls.CountCycles() > MaxCycles)
        {
            hits.Add(new(FormattableString.Invariant($"two calls in turns more than {MaxCycles} times")));
        }
    }

    private static int? CheckLimit(int? value, string name)
    {
        if (value is { } limit)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, name);
        }

        return value;
    }
}
