namespace AiObs.Otlp.Receiving;

/// <summary>Where the call of a model span is counted.</summary>
internal enum CallPlace
{
    /// <summary>On the span itself.</summary>
    Here,

    /// <summary>On a span inside of it.</summary>
    Inside,

    /// <summary>On a span around it.</summary>
    Around,
}
