namespace AiObs.Conversations.Tests.Faults;

/// <summary>A moment of a turn at which its process ends.</summary>
public enum TurnStep
{
    /// <summary>Before the question is stored.</summary>
    BeforeQuestion,

    /// <summary>Once it is.</summary>
    AfterQuestion,

    /// <summary>While the model works; of a stream, once half of the answer was delivered.</summary>
    InTheCall,

    /// <summary>Once the model has answered, before that is stored.</summary>
    BeforeAnswer,

    /// <summary>Once it is stored, before the caller hears of it.</summary>
    AfterAnswer,
}
