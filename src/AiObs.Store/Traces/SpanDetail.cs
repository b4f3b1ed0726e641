namespace AiObs.Store;

/// <summary>How much of its spans a listing has.</summary>
public enum SpanDetail
{
    /// <summary>All but attributes, events and content.</summary>
    Outline,

    /// <summary>All but content.</summary>
    Attributes,

    /// <summary>All.</summary>
    Content,
}
