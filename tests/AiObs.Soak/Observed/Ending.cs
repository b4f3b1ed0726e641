using AiObs.Cost;
using AiObs.Cost.Budgets;
using AiObs.Events;

namespace AiObs.Soak.Observed;

/// <summary>Is what the observed system says of itself when the load is over.</summary>
/// <param name="Sinks">How each sink does.</param>
/// <param name="Budgets">How the accounts of the budgets stand.</param>
/// <param name="Totals">What was added up.</param>
internal sealed record Ending(IReadOnlyList<EventSinkStatus> Sinks, IReadOnlyList<BudgetStatus> Budgets, CostTotals Totals)
{
    public static Ending Of(ObservedSystem system) =>
        new(system.Observability.Events.GetSinks(), system.Costs.Budgets.List(), system.Costs.Accumulator.Read());
}
