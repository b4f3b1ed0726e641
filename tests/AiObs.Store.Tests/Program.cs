using AiObs.Store.Tests.Processes;
using Xunit.Runner.InProc.SystemConsole;

return WriterProcess.IsMeant(args) ? await WriterProcess.RunAsync(args)
    : SpanWriterProcess.IsMeant(args) ? await SpanWriterProcess.RunAsync(args)
    : ConversationWriterProcess.IsMeant(args) ? await ConversationWriterProcess.RunAsync(args)
    : EraserProcess.IsMeant(args) ? await EraserProcess.RunAsync(args)
    : await ConsoleRunner.Run(args);
