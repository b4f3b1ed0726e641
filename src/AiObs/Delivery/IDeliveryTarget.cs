namespace AiObs.Delivery;

/// <summary>Where items are written behind, one batch at a time, and who hears what became of them.</summary>
/// <typeparam name="T">What is written.</typeparam>
/// <remarks>What is told here must not throw.</remarks>
internal interface IDeliveryTarget<T>
{
    /// <summary>Writes a batch. When it throws, the items are tried again, so writing one twice must leave one.</summary>
    /// <param name="items">The items in their order.</param>
    /// <param name="cancellationToken">Cancelled when the write takes too long, or at the end.</param>
    ValueTask WriteAsync(IReadOnlyList<T> items, CancellationToken cancellationToken);

    /// <summary>Returns about how many bytes of memory an item takes while it waits.</summary>
    long SizeOf(T item);

    /// <summary>Makes safe what the target itself holds back.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Hears that items are written.</summary>
    void Written(int count)
    {
    }

    /// <summary>Hears that a write failed.</summary>
    /// <param name="failures">How many there are in a row.</param>
    /// <param name="reason">What was thrown.</param>
    void Failed(int failures, Exception reason);

    /// <summary>Hears that a write succeeded after some had failed.</summary>
    /// <param name="failures">How many had failed in a row.</param>
    /// <param name="waiting">How many items wait.</param>
    void Recovered(int failures, long waiting);

    /// <summary>Hears that a write was cancelled and does not end; nothing else is written before it does.</summary>
    void Hung()
    {
    }

    /// <summary>Hears that an item is lost because there was no room for it, or for an older one.</summary>
    void Overflowed();

    /// <summary>Hears that an item is given up, because the target refuses it and takes others.</summary>
    void Refused(T item, Exception reason);

    /// <summary>Hears that items are lost because the time to write them was over.</summary>
    void Abandoned(int count);
}
