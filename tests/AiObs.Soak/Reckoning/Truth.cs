namespace AiObs.Soak.Reckoning;

/// <summary>Is what happened in all: each measure as the first book that knows of it says.</summary>
internal sealed class Truth(IReadOnlyList<Book> books)
{
    public decimal Embeddings => Of(Measure.EmbeddingsCompleted) + Of(Measure.EmbeddingsFailed);

    public decimal CostRecords => Of(Measure.ExactCosts) + Of(Measure.EstimatedCosts) + Of(Measure.UnpricedCosts);

    public decimal Cost => Of(Measure.ExactAmount) + Of(Measure.EstimatedAmount);

    public decimal FurtherChunks => Of(Measure.Updates) - Of(Measure.StreamsBegun);

    /// <summary>Gets how many events there have to be: start and end of each call of a model, the end of all else, and what calls cost.</summary>
    public decimal Events =>
        ((Of(Measure.ChatsStarted) + Embeddings) * 2) + Of(Measure.Agents) + Of(Measure.Tools) + CostRecords + Of(Measure.Refusals) + Of(Measure.Notes);

    public decimal Of(Measure measure) => books.FirstOrDefault(book => book.Measures.Contains(measure))?.Total(measure) ?? 0;
}
