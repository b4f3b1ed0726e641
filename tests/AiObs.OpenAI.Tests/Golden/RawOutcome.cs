namespace AiObs.OpenAI.Tests.Golden;

/// <summary>How a recorded call of the SDK ends.</summary>
internal enum RawOutcome
{
    /// <summary>The service answers.</summary>
    Answered,

    /// <summary>The service is busy at first, and answers when it is asked again.</summary>
    Retried,

    /// <summary>The service refuses the last request.</summary>
    Failed,

    /// <summary>The reader leaves the stream at the first word.</summary>
    LeftEarly,

    /// <summary>A budget ends the stream.</summary>
    Cut,

    /// <summary>A budget refuses the last call.</summary>
    Refused,
}
