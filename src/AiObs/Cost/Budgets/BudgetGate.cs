namespace AiObs.Cost.Budgets;

/// <summary>Lets calls through as long as the budgets that they count to hold.</summary>
internal sealed class BudgetGate
{
    /// <summary>Gets a value indicating whether there is any budget at all; when not, nothing needs to be estimated.</summary>
    public bool HasBudgets => throw new NotImplementedException();

    /// <summary>Sets the estimate aside in every budget that the call counts to.</summary>
    /// <returns>What was set aside; <see langword="null"/> when the call counts to no budget.</returns>
    /// <exception cref="BudgetExceededException">A budget that blocks has not enough left.</exception>
    public BudgetReservation? Reserve(in BudgetRequest request) => throw new NotImplementedException();
}
