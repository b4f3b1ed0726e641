using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Privacy;
using AiObs.Privacy.Redaction;

namespace AiObs.Tracing;

/// <summary>Records documents, masked.</summary>
internal sealed class DocumentRecorder(ContentMasker masker)
{
    /// <summary>Records what a retrieval found.</summary>
    public void RecordFound(RetrieverOperation retriever, IEnumerable<RetrievedDocument>? documents)
    {
        retriever.Documents = Record(retriever, documents, ContentSide.Output);
        retriever.Output = Whole(retriever.Documents);
    }

    /// <summary>Records candidates in the order that they were brought into.</summary>
    public void RecordScored(RerankerOperation reranker, IEnumerable<RetrievedDocument>? documents)
    {
        reranker.OutputDocuments = Record(reranker, documents, ContentSide.Output);
        reranker.Output = Whole(reranker.OutputDocuments);
    }

    public IReadOnlyList<RecordedDocument>? Record(AgentOperation operation, IEnumerable<RetrievedDocument>? documents, ContentSide side)
    {
        if (!masker.Records || documents is null || (side == ContentSide.Input && masker.HidesAll(side)))
        {
            return null;
        }

        // Of what comes out, ids and scores stay: they say which documents were found without saying what is in them.
        var hidesText = masker.HidesAll(side);
        var place = RedactionPlace.Of(RedactionKind.Document, side);
        return
        [
            .. documents.Select(document => new RecordedDocument(
                document.Id,
                document.Content is null || hidesText ? null : masker.Text(operation, place, document.Content),
                document.Score,
                document.Metadata is null || hidesText ? null : masker.Json(operation, place, ValueJson.WriteObject(document.Metadata)))),
        ];
    }

    private RecordedValue? Whole(IReadOnlyList<RecordedDocument>? documents) => documents is null ? null
        : masker.HidesAll(ContentSide.Output) ? RecordedValue.Redacted
        : RecordedValue.Json(DocumentJson.Write(documents));
}
