namespace AiObs.Privacy.Redaction;

/// <summary>Which way content goes.</summary>
internal enum ContentSide
{
    /// <summary>Into the model, tool or agent.</summary>
    Input,

    /// <summary>Out of it.</summary>
    Output,
}
