namespace AiObs.Operations;

/// <summary>What a request asks of a model, where it came as a sequence that is no list: see <see cref="RequestSequence{T}"/>.</summary>
internal interface IRequestSequence
{
    /// <summary>Gets a list of what the model has read so far.</summary>
    object HandedOn { get; }

    /// <summary>Reads what is to be known before the model reads it.</summary>
    /// <returns>A list of it.</returns>
    object ReadAhead();

    /// <summary>Leaves the sequence where it was read ahead and nobody reads on.</summary>
    void Leave();
}
