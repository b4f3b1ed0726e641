namespace AiObs.Memory;

/// <summary>Decides what a model is shown of the messages before the present turn.</summary>
/// <remarks>One instance serves many conversations at a time: it keeps nothing of any of them.</remarks>
public interface IMemoryStrategy
{
    /// <summary>Gets the name that decisions carry, such as <c>window</c>.</summary>
    string Name { get; }

    /// <summary>Tells whether it would drop whatever is older than the newest messages, so that a long history need not be read. Where it stands first in the list, it is asked while that is read from its end.</summary>
    /// <param name="request">What the messages are for; its context window is known where anybody knows it.</param>
    /// <param name="messages">How many of the newest messages are read, without those of the system, pinned ones and what no model is shown.</param>
    /// <param name="countTokens">Counts the tokens that they take at least, which has a look at each of them.</param>
    /// <returns>Whether that is enough. The default is <see langword="false"/>: everything is read.</returns>
    bool HasEnough(MemoryRequest request, int messages, Func<long> countTokens) => false;

    /// <summary>Drops, replaces or trims groups of messages. What it throws undoes what it did, and <see cref="MemoryRequest.OnFailure"/> says what follows.</summary>
    /// <param name="work">The groups, and what can be done to them.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>A task that ends when it is done.</returns>
    ValueTask ApplyAsync(MemoryWork work, CancellationToken cancellationToken);
}
