namespace AiObs.Cost.Budgets;

/// <summary>A window that nothing ever leaves.</summary>
internal sealed class EndlessWindow : SpendWindow
{
    private decimal _spent;

    public override decimal Spent(long now) => _spent;

    public override void Add(decimal amount, long now) => _spent += amount;

    public override long? WhenFreed(decimal amount, long now) => null;
}
