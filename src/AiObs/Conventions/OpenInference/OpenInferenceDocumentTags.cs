using AiObs.Operations;

namespace AiObs.Conventions.OpenInference;

/// <summary>The OpenInference attributes of documents that were found or scored.</summary>
internal sealed class OpenInferenceDocumentTags
{
    private readonly DocumentKeys _found = new(OpenInferenceAttributes.RetrievalDocuments);
    private readonly DocumentKeys _candidates = new(OpenInferenceAttributes.RerankerInputDocuments);
    private readonly DocumentKeys _scored = new(OpenInferenceAttributes.RerankerOutputDocuments);

    public void WriteFound(SpanTags tags, RetrieverOperation retriever) => Write(tags, _found, retriever.Documents);

    public void WriteScored(SpanTags tags, RerankerOperation reranker)
    {
        if (reranker.Input is { IsRedacted: false } query)
        {
            tags.Add(OpenInferenceAttributes.RerankerQuery, query.Text);
        }

        Write(tags, _scored, reranker.OutputDocuments);
        Write(tags, _candidates, reranker.InputDocuments);
    }

    private static void Write(SpanTags tags, DocumentKeys keys, IReadOnlyList<RecordedDocument>? documents)
    {
        for (var i = 0; i < documents?.Count; i++)
        {
            tags.Add(keys.Id[i], documents[i].Id);
            tags.Add(keys.Content[i], documents[i].Content);
            tags.Add(keys.Score[i], documents[i].Score);
            tags.Add(keys.Metadata[i], documents[i].MetadataJson);
        }
    }

    private sealed class DocumentKeys(string prefix)
    {
        private const int Capacity = 64;

        public IndexedKeys Id { get; } = new(prefix, OpenInferenceAttributes.DocumentId, Capacity);

        public IndexedKeys Content { get; } = new(prefix, OpenInferenceAttributes.DocumentContent, Capacity);

        public IndexedKeys Score { get; } = new(prefix, OpenInferenceAttributes.DocumentScore, Capacity);

        public IndexedKeys Metadata { get; } = new(prefix, OpenInferenceAttributes.DocumentMetadata, Capacity);
    }
}
