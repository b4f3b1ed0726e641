using AiObs.Cost.Budgets;

namespace AiObs.Cost.Tests.Budgets;

/// <summary>What tests do with a gate over and over.</summary>
internal static class GateCalls
{
    /// <summary>Makes a whole call that costs what it is estimated to.</summary>
    public static void Spend(this BudgetGate gate, in BudgetRequest request) =>
        gate.Reserve(request)?.Settle(request.EstimatedCost, request.EstimatedTokens);

    /// <summary>Makes a call that must be refused.</summary>
    public static BudgetExceededException Refuse(this BudgetGate gate, BudgetRequest request) =>
        Assert.Throws<BudgetExceededException>(() => gate.Reserve(request));

    /// <summary>Tells whether a call is let through, and leaves nothing behind.</summary>
    public static bool Admits(this BudgetGate gate, in BudgetRequest request)
    {
        try
        {
            gate.Reserve(request)?.Release();
            return true;
        }
        catch (BudgetExceededException)
        {
            return false;
        }
    }
}
