namespace AiObs.Operations;

/// <summary>How a tag meets the tags that a span already has.</summary>
internal enum SpanTagMode
{
    /// <summary>Nobody else has written on the span: append without looking.</summary>
    Append,

    /// <summary>Somebody else has written on our span: replace what has the same key.</summary>
    Replace,

    /// <summary>The span is somebody else's, who is still at work on it: add only what it lacks.</summary>
    FillIn,

    /// <summary>The span is somebody else's, who is done with it: add only what it lacks.</summary>
    Complete,
}
