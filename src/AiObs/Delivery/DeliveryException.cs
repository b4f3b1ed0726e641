namespace AiObs.Delivery;

/// <summary>Items were not confirmed to be written, because of how the target does.</summary>
/// <param name="state">How it does.</param>
/// <param name="innerException">What it threw.</param>
internal sealed class DeliveryException(DeliveryState state, Exception? innerException = null)
    : Exception($"What is written to is {state}.", innerException)
{
    public DeliveryState State => state;
}
