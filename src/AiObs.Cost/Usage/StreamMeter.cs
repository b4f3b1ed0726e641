using Microsoft.Extensions.AI;

namespace AiObs.Cost.Usage;

/// <summary>Measures what a stream delivers, as it does.</summary>
internal sealed class StreamMeter
{
    private ContentMeasure _whole;
    private ContentMeasure _pieces;

    /// <summary>Gets the tokens that were delivered, by estimate.</summary>
    public TokenEstimate Delivered => _whole.Estimate.Plus(_pieces.Estimate);

    /// <summary>Gets what the provider said that the request took, as some do at the start; <see langword="null"/> as long as it did not.</summary>
    public long? Input { get; private set; }

    /// <summary>Gets a value indicating whether the stream takes nothing more. What may follow is its usage, which is worth having.</summary>
    public bool IsFinished { get; private set; }

    public void Take(ChatResponseUpdate update)
    {
        var contents = update.Contents;
        _whole.Add(contents);
        for (var i = 0; i < contents.Count; i++)
        {
            switch (contents[i])
            {
                case FunctionCallContent:
                    // It stands in place of its pieces.
                    _pieces = default;
                    break;
                case UsageContent { Details.InputTokenCount: > 0 and var input }:
                    Input = input;
                    break;
            }
        }

        IsFinished |= update.FinishReason is not null;
    }

    public void TakePiece(string piece) => _pieces.Add(piece);
}
