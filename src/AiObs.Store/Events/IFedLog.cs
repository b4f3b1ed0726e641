namespace AiObs.Store.Events;

/// <summary>Is a log that gets events by another way, too, on which some may wait.</summary>
internal interface IFedLog
{
    /// <summary>Waits for what was on its way to the log.</summary>
    /// <param name="cancellationToken">Ends the wait; the events come all the same.</param>
    /// <returns>A task that ends when the log has it.</returns>
    ValueTask CatchUpAsync(CancellationToken cancellationToken);
}
