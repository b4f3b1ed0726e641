using AiObs.Http.Wire;

namespace AiObs.Http;

/// <summary>Status and headers of a response that an <see cref="HttpClient"/> got.</summary>
internal sealed class HttpHead(HttpResponseMessage response) : ResponseHead
{
    public override int Status => (int)response.StatusCode;

    public override string Reason => response.ReasonPhrase ?? "";

    /// <summary>Gets a value indicating whether the content is packed, and is to be unpacked by the caller: it says nothing here.</summary>
    public bool IsPacked => Find("Content-Encoding") is { Length: > 0 } encoding && encoding != "identity";

    protected override string? Find(string header) =>
        response.Headers.NonValidated.TryGetValues(header, out var values) || response.Content.Headers.NonValidated.TryGetValues(header, out values)
            ? values.ToString()
            : null;
}
