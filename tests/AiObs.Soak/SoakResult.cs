using AiObs.Soak.Reckoning;
using AiObs.Soak.Watching;

namespace AiObs.Soak;

/// <summary>Is what a soak found.</summary>
/// <param name="Reconciliation">What everybody saw, compared.</param>
/// <param name="Checks">What else had to hold.</param>
/// <param name="Readings">What the process held at the checkpoints.</param>
internal sealed record SoakResult(Reconciliation Reconciliation, IReadOnlyList<Check> Checks, IReadOnlyList<Reading> Readings)
{
    public bool IsReconciled =>
        Reconciliation.Differences.Count == 0
        && Reconciliation.Unconfirmed.Count == 0
        && Reconciliation.Unseen.Count == 0
        && Checks.All(static check => check.IsMet);
}
