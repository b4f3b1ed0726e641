namespace AiObs.Memory;

/// <summary>Decides what a model is shown of the messages before the present turn.</summary>
/// <remarks>One instance serves many conversations at a time: it keeps nothing of any of them.</remarks>
public interface IMemoryStrategy
{
    /// <summary>Gets the name that decisions carry, such as <c>window</c>.</summary>
    string Name { get; }

    /// <summary>Drops, replaces or trims groups of messages. What it throws undoes what it did, and <see cref="MemoryRequest.OnFailure"/> says what follows.</summary>
    /// <param name="work">The groups, and what can be done to them.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>A task that ends when it is done.</returns>
    ValueTask ApplyAsync(MemoryWork work, CancellationToken cancellationToken);
}
