using AiObs.Conversations.Guardrails.Policies;
using AiObs.Cost;
using Microsoft.Extensions.AI;

namespace AiObs.Guardrails;

/// <summary>Finds that the next call of the model would not fit into a budget, in tokens or in money, and sets nothing aside.</summary>
/// <remarks>
/// It estimates the call as budgets do, from <see cref="GuardrailRequest.History"/>, the messages and <see cref="GuardrailRequest.Options"/>, for the user, conversation, session and tags of <see cref="AgentContext.Current"/>,
/// and so says before a turn what the client would say within it. Between the two other calls may take what is left: what holds the budget is the client. Inside of <see cref="AgentContext.Suppress"/> it finds nothing, as budgets do not.
/// </remarks>
public sealed class BudgetGuardrail : IGuardrail
{
    private readonly AgentObservability _observability;
    private readonly CostTracking _costs;
    private readonly NextCall _next;
    private readonly string? _budget;

    /// <summary>Initializes a new instance of the <see cref="BudgetGuardrail"/> class.</summary>
    /// <param name="observability">The root, with cost tracking and budgets.</param>
    /// <param name="client">The client that will make the call: its model, where <see cref="ChatOptions.ModelId"/> names none, and its provider decide on the price.</param>
    /// <param name="budget">The name of a budget, which is asked whatever its mode. By default all budgets that block are.</param>
    /// <exception cref="ArgumentNullException"><paramref name="observability"/> or <paramref name="client"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">There is no budget of that name.</exception>
    /// <exception cref="InvalidOperationException">The root has no cost tracking, or no budgets.</exception>
    public BudgetGuardrail(AgentObservability observability, IChatClient client, string? budget = null)
    {
        ArgumentNullException.ThrowIfNull(observability);
        ArgumentNullException.ThrowIfNull(client);
        _observability = observability;
        _costs = observability.Costs ?? throw new InvalidOperationException("The root tracks no costs, so that it has no budgets. Call AddCostTracking() on its builder.");
        if (!_costs.HasBudgets)
        {
            throw new InvalidOperationException($"There is no budget. Add one to {nameof(CostTrackingOptions)}.{nameof(CostTrackingOptions.Budgets)}.");
        }

        if (budget is not null && !_costs.HasBudget(budget))
        {
            throw new ArgumentException($"There is no budget '{budget}' among {nameof(CostTrackingOptions)}.{nameof(CostTrackingOptions.Budgets)}.", nameof(budget));
        }

        _next = new(client);
        _budget = budget;
    }

    /// <summary>Gets the name in findings, events, spans and metrics; give each guardrail of its kind one of its own to tell them apart.</summary>
    /// <value>The default is <c>budget</c>.</value>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Name
    {
        get;
        init => field = PolicyWords.CheckName(value);
    } = "budget";

    /// <inheritdoc/>
    public GuardrailStages Stages => GuardrailStages.Input;

    /// <inheritdoc/>
    public ValueTask<GuardrailVerdict> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        if (AgentContext.IsCurrentSuppressed)
        {
            return new(GuardrailVerdict.Pass);
        }

        var refusal = _costs.FindRefusal(_next.Of(request, _observability.Pipeline), _budget);
        return new(refusal is null ? GuardrailVerdict.Pass : GuardrailVerdict.Fail(refusal.Describe()));
    }
}
