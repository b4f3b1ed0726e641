namespace AiObs.Conversations;

/// <summary>What becomes of what was delivered of a stream that was cancelled, left or broke off.</summary>
public enum PartialAnswers
{
    /// <summary>It is stored after the question, and its text goes to a model in later turns.</summary>
    Keep,

    /// <summary>It is stored on a branch of its own, where neither a model nor a reader of the present branch sees it.</summary>
    KeepHidden,

    /// <summary>It is not stored.</summary>
    Discard,
}
