namespace AiObs.Operations;

/// <summary>An exception that may stand on the result of a tool call which was answered in the place of its tool.</summary>
internal interface IToolNotRun
{
    /// <summary>Gets a value indicating whether the tool was not run.</summary>
    bool IsToolNotRun { get; }
}
